# hint: no-bird
kubectl patch deployment cuckoo --type=json -p '[{"op":"replace","path":"/spec/template/spec/containers/0/command","value":["sleep","100000"]}]'
sleep 90
