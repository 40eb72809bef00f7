# hint: bread-gone
kubectl delete service bread
# hint: salt-gone
kubectl delete service salt
# hint: tea-gone
kubectl delete service tea
