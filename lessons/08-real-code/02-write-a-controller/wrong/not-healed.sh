# hint: not-healed
sed -i -e 's|  // ____|  for (let n = boats.length; n < wanted; n++) await api.createNamespacedPod({ namespace, body: boatOf(fleet) })|' -e "s/\['add', 'update', 'delete'\]/['add']/" controller.mjs
kubectl apply -f fleet.yaml
node controller.mjs > controller.log 2>&1 &
sleep 10
kubectl delete $(kubectl get pods -l app=boat -o name | head -n 1)
sleep 10
