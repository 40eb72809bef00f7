# hint: still-root
kubectl patch deployment guard -p '{"spec":{"template":{"spec":{"securityContext":{"runAsUser":0}}}}}'
sleep 30
