# hint: deleted-too-early
kubectl delete pod blue
