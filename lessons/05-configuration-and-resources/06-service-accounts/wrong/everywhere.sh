# hint: everywhere
kubectl create serviceaccount clerk
kubectl create role pod-reader --verb=get,list --resource=pods
kubectl create rolebinding clerk --role=pod-reader --serviceaccount=default:clerk
kubectl create clusterrolebinding clerk --clusterrole=view --serviceaccount=default:clerk
