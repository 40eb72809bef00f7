# hint: as-default
kubectl patch deployment bakery -p '{"spec":{"template":{"spec":{"serviceAccountName":"default","serviceAccount":"default"}}}}'
sleep 40
