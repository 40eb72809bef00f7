# hint: no-importer
kubectl scale deployment importer --replicas=0
sleep 720
