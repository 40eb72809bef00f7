# hint: bound-in-default
kubectl create serviceaccount janitor
kubectl create role sweeper --verb=list,delete --resource=pods
kubectl create rolebinding janitor-sweeps --role=sweeper --serviceaccount=default:janitor
