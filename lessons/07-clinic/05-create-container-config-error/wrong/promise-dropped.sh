# hint: promise-dropped
kubectl patch deployment guard -p '{"spec":{"template":{"spec":{"securityContext":{"runAsNonRoot":null,"runAsUser":1000}}}}}'
sleep 30
