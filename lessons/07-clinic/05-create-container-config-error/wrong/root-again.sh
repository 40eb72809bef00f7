# hint: root-again
kubectl patch deployment guard -p '{"spec":{"template":{"spec":{"securityContext":{"runAsNonRoot":false}}}}}'
sleep 30
