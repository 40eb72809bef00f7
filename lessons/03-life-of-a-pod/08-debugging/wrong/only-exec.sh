# hint: only-exec
kubectl exec sealed -- sh
