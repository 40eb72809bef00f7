#!/bin/sh
# exercise: chart
kubectl describe resourcequota team
kubectl describe replicaset -l app=banquet | tail -n 1
kubectl get deployment rehearsal -o yaml | grep -A3 requests
sed -i -e 's/1 quota: ____/1 quota: 500m/' -e 's/2 banquet: ____/2 banquet: 600m/' -e 's/3 deployments: ____/3 deployments: rehearsal/' chart.txt

# exercise: cure
kubectl delete deployment rehearsal
sleep 5
kubectl rollout restart deployment/banquet
kubectl rollout status deployment/banquet --timeout=120s

# exercise: bakery
kubectl create serviceaccount baker
kubectl rollout restart deployment/bakery
kubectl rollout status deployment/bakery --timeout=120s
