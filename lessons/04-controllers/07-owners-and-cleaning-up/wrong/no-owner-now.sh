# hint: no-owner-now
kubectl delete statefulset shelf --cascade=orphan
