#!/bin/sh
# exercise: chart
kubectl events --types=Warning | grep 'Failed to pull'
sed -i -e 's/bistro: ____/bistro: tag/' -e 's/kettle: ____/kettle: registry/' -e 's/oven: ____/oven: repository/' chart.txt

# exercise: cure
kubectl set image deployment/bistro web=doujia/bistro:v2.0.1
kubectl wait --for=jsonpath='{.status.replicas}'=3 deployment/bistro --timeout=120s
kubectl rollout status deployment/bistro --timeout=120s

# exercise: oven
kubectl set image pod/oven preheat=busybox:1.36
kubectl wait --for=condition=Ready pod/oven --timeout=60s
