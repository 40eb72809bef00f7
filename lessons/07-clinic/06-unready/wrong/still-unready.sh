# hint: still-unready
kubectl patch deployment menu --type=json -p '[{"op":"replace","path":"/spec/template/spec/containers/0/readinessProbe/httpGet/path","value":"/ready"}]'
sleep 60
