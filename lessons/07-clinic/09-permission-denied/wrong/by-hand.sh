# hint: by-hand
kubectl exec deployment/courier -- chmod 444 /keys/key
sleep 20
