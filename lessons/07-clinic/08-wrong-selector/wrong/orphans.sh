# hint: orphans
kubectl label pods -l role=taster app=taster --overwrite
sleep 40
