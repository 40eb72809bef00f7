# hint: wrong-probe
kubectl patch deployment till --type=json -p '[{"op":"remove","path":"/spec/template/spec/containers/0/readinessProbe"}]'
sleep 40
