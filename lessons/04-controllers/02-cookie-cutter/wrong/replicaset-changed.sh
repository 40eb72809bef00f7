# hint: replicaset-changed
kubectl set image $(kubectl get rs -l app=cake -o name) web=nginx:1.27
sleep 60
