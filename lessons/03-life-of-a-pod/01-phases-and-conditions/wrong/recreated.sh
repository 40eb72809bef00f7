# hint: recreated
kubectl delete pod choosy --now
kubectl run choosy --image=nginx:1.27
sleep 30
