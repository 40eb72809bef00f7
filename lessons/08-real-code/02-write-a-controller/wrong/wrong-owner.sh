# hint: wrong-owner
sed -i -e 's|  // ____|  for (let n = boats.length; n < wanted; n++) await api.createNamespacedPod({ namespace, body: boatOf(fleet) })|' -e "s|labels: { app: 'boat' } },|labels: { app: 'boat' }, ownerReferences: [{ apiVersion: 'v1', kind: 'ConfigMap', name: 'fleet', uid: fleet.metadata.uid }] },|" controller.mjs
kubectl apply -f fleet.yaml
node controller.mjs > controller.log 2>&1 &
sleep 10
