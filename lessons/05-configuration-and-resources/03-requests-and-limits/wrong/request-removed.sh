# hint: request-removed
kubectl patch deployment bakers --type=json -p '[{"op":"remove","path":"/spec/template/spec/containers/0/resources"}]'
sleep 60
