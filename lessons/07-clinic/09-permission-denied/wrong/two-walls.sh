# hint: two-walls
kubectl patch deployment courier -p '{"spec":{"template":{"spec":{"securityContext":{"runAsUser":0}}}}}'
sleep 20
