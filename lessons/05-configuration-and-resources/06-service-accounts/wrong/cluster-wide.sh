# hint: cluster-wide
kubectl create serviceaccount janitor
kubectl create clusterrole sweeper --verb=list,delete --resource=pods
kubectl -n staging create rolebinding j --clusterrole=sweeper --serviceaccount=default:janitor
kubectl create clusterrolebinding j --clusterrole=sweeper --serviceaccount=default:janitor
