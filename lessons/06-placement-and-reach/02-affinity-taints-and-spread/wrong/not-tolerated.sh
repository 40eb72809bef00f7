# hint: not-tolerated
kubectl run trainer --image=nginx:1.27 --overrides='{"spec":{"nodeSelector":{"gpu":"a100"}}}'
sleep 20
