# hint: pulled
kubectl delete pod menu --now
# hint: recreated
kubectl run menu --image=nginx:1.27
