# hint: no-boats
kubectl apply -f fleet.yaml
node controller.mjs > controller.log 2>&1 &
sleep 10
