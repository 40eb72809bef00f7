# hint: door-moved
kubectl patch service menu --type=json -p '[{"op":"replace","path":"/spec/ports/0","value":{"port":8080,"targetPort":8080}}]'
sleep 5
