# hint: unwatched
kubectl patch deployment sundial --type=json -p '[{"op":"remove","path":"/spec/template/spec/containers/0/livenessProbe"}]'
sleep 40
