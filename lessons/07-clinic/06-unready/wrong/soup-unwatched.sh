# hint: soup-unwatched
kubectl patch deployment soup --type=json -p '[{"op":"remove","path":"/spec/template/spec/containers/0/readinessProbe"}]'
sleep 40
