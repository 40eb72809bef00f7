#!/bin/sh
# exercise: three-copies
sed -e 's/replicas: ____/replicas: 3/' -e 's/app: ____/app: menu/' menu.yaml > filled.yaml
kubectl apply -f filled.yaml
kubectl rollout status deployment/menu

# exercise: out-and-in
kubectl create deployment api --image=nginx:1.27 --replicas=2
kubectl scale deployment api --replicas=5
kubectl rollout status deployment/api
kubectl scale deployment api --replicas=2
sleep 30
kubectl get deployment api
