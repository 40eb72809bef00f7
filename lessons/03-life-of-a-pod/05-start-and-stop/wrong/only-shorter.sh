# hint: only-shorter
sed 's/^spec:/spec:\n  terminationGracePeriodSeconds: 2/' frontdesk.yaml | kubectl apply -f -
sleep 20
kubectl delete pod frontdesk
