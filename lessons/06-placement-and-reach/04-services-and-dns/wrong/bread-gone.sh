# hint: bread-gone
kubectl delete service bread
