# hint: budget-removed
kubectl delete pdb vault
kubectl drain worker-2 --ignore-daemonsets
sleep 20
