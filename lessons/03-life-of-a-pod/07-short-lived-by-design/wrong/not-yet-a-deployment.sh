# hint: not-yet-a-deployment
kubectl cordon worker-1
