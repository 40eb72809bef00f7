# hint: elsewhere
kubectl create serviceaccount baker -n kube-system
sleep 10
