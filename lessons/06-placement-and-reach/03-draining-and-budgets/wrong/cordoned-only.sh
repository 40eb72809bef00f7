# hint: cordoned-only
kubectl cordon worker-1
