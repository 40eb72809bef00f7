#!/bin/sh
# exercise: maintenance
kubectl create deployment solo --image=nginx:1.27
kubectl rollout status deployment/solo
kubectl drain worker-1 --ignore-daemonsets --force
kubectl uncordon worker-1
kubectl rollout status deployment/team
kubectl rollout status deployment/solo

# exercise: room-enough
sed -i -e 's/____: ____/sizeLimit: 20Mi/' -e 's#mountPath: ____#mountPath: /scratch#' sorter.yaml
kubectl apply -f sorter.yaml
kubectl wait --for=condition=Ready pod/sorter --timeout=60s
sleep 90

# exercise: clear-the-table
kubectl delete pods --field-selector=status.phase=Failed
kubectl delete pods --field-selector=status.phase=Succeeded
kubectl get pods
