# exercise: clerk
kubectl create serviceaccount clerk
kubectl create clusterrole only-pods --verb=get,list,watch --resource=pods
kubectl create rolebinding c --clusterrole=only-pods --serviceaccount=default:clerk
kubectl run counter --image=nginx:1.27 --overrides='{"spec":{"serviceAccountName":"clerk"}}'
sleep 20
# exercise: no-token
kubectl patch serviceaccount default -p '{"automountServiceAccountToken":false}'
kubectl delete pods -l app=shop
sleep 30
# exercise: janitor
kubectl create serviceaccount janitor
kubectl create clusterrole sweeper --verb=get,list,delete --resource=pods
kubectl -n staging create rolebinding j --clusterrole=sweeper --serviceaccount=default:janitor
