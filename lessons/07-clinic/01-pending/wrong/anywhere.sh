# hint: anywhere
kubectl patch deployment checkout --type=json -p '[{"op":"remove","path":"/spec/template/spec/nodeSelector"}]'
sleep 30
