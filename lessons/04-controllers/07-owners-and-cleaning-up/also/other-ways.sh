# exercise: go-together
kubectl create configmap atlas-notes --from-literal=a=b
kubectl patch configmap atlas-notes -p "{\"metadata\":{\"ownerReferences\":[{\"apiVersion\":\"apps/v1\",\"kind\":\"Deployment\",\"name\":\"atlas\",\"uid\":\"$(kubectl get deploy atlas -o jsonpath='{.metadata.uid}')\"}]}}"
kubectl delete deployment atlas --cascade=foreground
sleep 30
# exercise: change-the-unchangeable
kubectl get sts shelf -o json | sed -e 's/OrderedReady/Parallel/' -e '/resourceVersion/d' > s.json
kubectl delete --cascade=orphan sts/shelf
kubectl create -f s.json
sleep 10
# exercise: captain-last
kubectl run crew --image=busybox:1.36 -- sleep 3600
kubectl create configmap captain
kubectl patch pod crew --type=merge -p "{\"metadata\":{\"ownerReferences\":[{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"name\":\"captain\",\"blockOwnerDeletion\":true,\"uid\":\"$(kubectl get cm captain -o jsonpath='{.metadata.uid}')\"}]}}"
kubectl delete cm captain --cascade=foreground --wait=false
sleep 45
# exercise: break-the-seal
kubectl patch cm ledger --type=json -p '[{"op":"remove","path":"/metadata/finalizers"}]'
kubectl delete cm ledger
