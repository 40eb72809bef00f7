# hint: scheduled
kubectl run hand --image=nginx:1.27 --overrides='{"spec":{"nodeSelector":{"kubernetes.io/hostname":"worker-2"}}}'
sleep 20
