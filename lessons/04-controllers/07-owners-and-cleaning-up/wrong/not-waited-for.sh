# hint: collected
kubectl create configmap captain
kubectl run crew --image=busybox:1.36 -- sleep 3600
kubectl patch pod crew --type=merge -p '{"metadata":{"ownerReferences":[{"apiVersion":"v1","kind":"ConfigMap","name":"captain","uid":"captain"}]}}'
sleep 60
# hint: not-waited-for
kubectl run crew --image=busybox:1.36 -- sleep 3600
kubectl patch pod crew --type=merge -p "{\"metadata\":{\"ownerReferences\":[{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"name\":\"captain\",\"uid\":\"$(kubectl get cm captain -o jsonpath='{.metadata.uid}')\"}]}}"
kubectl delete configmap captain --cascade=foreground
sleep 60
# hint: captain-first
kubectl create configmap captain
kubectl run crew --image=busybox:1.36 -- sleep 3600
kubectl patch pod crew --type=merge -p "{\"metadata\":{\"ownerReferences\":[{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"name\":\"captain\",\"uid\":\"$(kubectl get cm captain -o jsonpath='{.metadata.uid}')\"}]}}"
kubectl delete configmap captain
sleep 60
# hint: still-leaving
kubectl create configmap captain
kubectl run crew --image=busybox:1.36 -- sleep 3600
kubectl wait --for=condition=Ready pod/crew
kubectl patch pod crew --type=merge -p "{\"metadata\":{\"ownerReferences\":[{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"name\":\"captain\",\"blockOwnerDeletion\":true,\"uid\":\"$(kubectl get cm captain -o jsonpath='{.metadata.uid}')\"}]}}"
kubectl delete configmap captain --cascade=foreground --wait=false
sleep 5
