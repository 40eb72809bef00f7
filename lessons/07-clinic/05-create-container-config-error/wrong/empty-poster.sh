# hint: empty-poster
kubectl patch deployment poster --type=json -p '[{"op":"remove","path":"/spec/template/spec/containers/0/envFrom"}]'
sleep 40
