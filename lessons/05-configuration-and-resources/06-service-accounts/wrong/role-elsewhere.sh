# hint: role-elsewhere
kubectl create serviceaccount janitor
kubectl create role sweeper --verb=list,delete --resource=pods
kubectl -n staging create rolebinding janitor-sweeps --role=sweeper --serviceaccount=default:janitor
