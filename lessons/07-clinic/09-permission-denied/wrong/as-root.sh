# hint: as-root
kubectl patch deployment courier -p '{"spec":{"template":{"spec":{"securityContext":{"runAsUser":0,"runAsNonRoot":false}}}}}'
sleep 60
