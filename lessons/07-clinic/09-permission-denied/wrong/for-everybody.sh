# hint: for-everybody
kubectl patch deployment courier -p '{"spec":{"template":{"spec":{"volumes":[{"name":"key","secret":{"defaultMode":292}}]}}}}'
sleep 60
