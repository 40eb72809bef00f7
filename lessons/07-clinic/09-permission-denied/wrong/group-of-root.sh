# hint: group-of-root
kubectl patch deployment courier -p '{"spec":{"template":{"spec":{"volumes":[{"name":"key","secret":{"defaultMode":288}}]}}}}'
sleep 60
