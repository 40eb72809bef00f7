# hint: pressure-lasts
kubectl patch deployment importer -p '{"spec":{"template":{"spec":{"nodeSelector":null}}}}'
sleep 60
