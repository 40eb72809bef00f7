# hint: no-probe
kubectl patch deployment orders --type=json -p '[{"op":"remove","path":"/spec/template/spec/containers/0/readinessProbe"}]'
sleep 60
