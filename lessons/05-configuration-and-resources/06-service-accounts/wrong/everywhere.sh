# hint: everywhere
kubectl create serviceaccount clerk
kubectl create clusterrolebinding clerk --clusterrole=view --serviceaccount=default:clerk
