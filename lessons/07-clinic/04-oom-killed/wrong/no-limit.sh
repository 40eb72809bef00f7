# hint: no-limit
kubectl patch deployment gallery --type=json -p '[{"op":"remove","path":"/spec/template/spec/containers/1/resources"}]'
sleep 60
