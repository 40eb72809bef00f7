#!/bin/sh
# exercise: budget
sed -i -e 's/minAvailable: ____/minAvailable: 2/' -e 's/app: ____/app: login/' budget.yaml
kubectl apply -f budget.yaml
sleep 5
kubectl get pdb

# exercise: drain
kubectl drain worker-1 --ignore-daemonsets --delete-emptydir-data --force
sleep 20
kubectl get pods -o wide

# exercise: blocked
kubectl scale deployment vault --replicas=2
kubectl rollout status deployment/vault
kubectl drain worker-2 --ignore-daemonsets --timeout=120s
sleep 20
kubectl get pods -l app=vault -o wide
