# hint: empty
kubectl patch service soup -p '{"spec":{"selector":{"role":"serving"}}}'
sleep 5
