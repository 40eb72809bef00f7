# hint: left-behind
sed -i 's|  // ____|  for (let n = boats.length; n < wanted; n++) await api.createNamespacedPod({ namespace, body: boatOf(fleet) })|' controller.mjs
kubectl apply -f fleet.yaml
node controller.mjs > controller.log 2>&1 &
sleep 10
kubectl delete configmap fleet
sleep 10
