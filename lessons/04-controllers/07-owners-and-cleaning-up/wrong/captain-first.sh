# hint: not-signed
kubectl create configmap captain
kubectl run crew --image=busybox:1.36 -- sleep 3600
# hint: left-last
kubectl patch pod crew --type=merge -p "{\"metadata\":{\"ownerReferences\":[{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"name\":\"captain\",\"uid\":\"$(kubectl get cm captain -o jsonpath='{.metadata.uid}')\"}]}}"
# hint: captain-first
kubectl delete configmap captain
sleep 60
