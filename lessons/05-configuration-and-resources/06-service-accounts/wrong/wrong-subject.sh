# hint: account-in-staging
kubectl -n staging create serviceaccount janitor
kubectl -n staging create role sweeper --verb=list,delete --resource=pods
# hint: wrong-subject
kubectl create serviceaccount janitor
kubectl -n staging create rolebinding janitor-sweeps --role=sweeper --serviceaccount=staging:janitor
