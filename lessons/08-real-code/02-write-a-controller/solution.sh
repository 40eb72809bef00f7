#!/bin/sh
# exercise: keep-count
sed -i 's|  // ____|  for (let n = boats.length; n < wanted; n++) await api.createNamespacedPod({ namespace, body: boatOf(fleet) })|' controller.mjs
kubectl apply -f fleet.yaml
node controller.mjs > controller.log 2>&1 & CONTROLLER=$!
sleep 10
kubectl delete $(kubectl get pods -l app=boat -o name | head -n 1)
sleep 10
kubectl get pods
cat controller.log
kill $CONTROLLER

# exercise: shrink
sed -i 's|^  for (let n = boats.length; .*|&\n  for (const { metadata } of boats.slice(wanted)) await api.deleteNamespacedPod({ namespace, name: metadata.name })|' controller.mjs
node controller.mjs > controller.log 2>&1 & CONTROLLER=$!
kubectl patch configmap fleet --type=merge -p '{"data":{"size":"1"}}'
sleep 10
kubectl get pods
kill $CONTROLLER

# exercise: let-go
sed -i "s|labels: { app: 'boat' } },|labels: { app: 'boat' },\n    ownerReferences: [{ apiVersion: 'v1', kind: 'ConfigMap', name: fleet.metadata.name, uid: fleet.metadata.uid, controller: true }] },|" controller.mjs
kubectl delete pods -l app=boat
node controller.mjs > controller.log 2>&1 & CONTROLLER=$!
sleep 10
kubectl get pods -o custom-columns='NAME:.metadata.name,OWNER:.metadata.ownerReferences[0].name'
kubectl delete configmap fleet
sleep 10
kubectl get pods
kill $CONTROLLER
