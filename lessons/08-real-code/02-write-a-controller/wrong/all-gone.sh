# hint: all-gone
sed -i 's|  // ____|  if (boats.length < wanted) await api.createNamespacedPod({ namespace, body: boatOf(fleet) })\n  if (boats.length > wanted) for (const { metadata } of boats) await api.deleteNamespacedPod({ namespace, name: metadata.name })|' controller.mjs
kubectl apply -f fleet.yaml
node controller.mjs > controller.log 2>&1 & CONTROLLER=$!
sleep 10
kubectl patch configmap fleet --type=merge -p '{"data":{"size":"1"}}'
sleep 0.3
kill $CONTROLLER
kubectl delete pods -l app=boat
