# hint: too-many
sed -i 's|  // ____|  if (boats.length < 20) await api.createNamespacedPod({ namespace, body: boatOf(fleet) })|' controller.mjs
kubectl apply -f fleet.yaml
node controller.mjs > controller.log 2>&1 &
sleep 20
