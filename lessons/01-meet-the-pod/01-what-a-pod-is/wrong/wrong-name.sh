# hint: wrong-name
kubectl run nginx --image=nginx:1.27
# hint: other-namespace
kubectl run web --image=nginx:1.27 -n kube-public
