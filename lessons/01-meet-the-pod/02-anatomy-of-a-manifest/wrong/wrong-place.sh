# hint: same-pod
kubectl run timer --image=busybox:1.36 --dry-run=client -o yaml -- sleep 3600 > timer.yaml
# hint: wrong-place
kubectl apply -f timer.yaml
sed -i 's/^  name: timer/  annotations: {tier: test}\n&/' timer.yaml
kubectl apply -f timer.yaml
