# hint: no-limit
kubectl patch deployment album --type=json -p '[{"op":"replace","path":"/spec/template/spec/volumes/0/emptyDir","value":{}}]'
sleep 200
