# hint: may-list
kubectl create serviceaccount clerk
# hint: everywhere
kubectl create role pod-reader --verb=get,list --resource=pods
kubectl create rolebinding clerk --role=pod-reader --serviceaccount=default:clerk
kubectl create clusterrolebinding clerk --clusterrole=view --serviceaccount=default:clerk
