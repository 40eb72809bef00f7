# hint: wrong-end
kubectl patch service orders --type=json -p '[{"op":"replace","path":"/spec/ports/0/targetPort","value":9001}]'
sleep 5
