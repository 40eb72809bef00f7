# hint: importer-next
kubectl set resources deployment guestbook --requests=memory=2000Mi
sleep 600
