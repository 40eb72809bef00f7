#!/bin/sh
# exercise: chart
kubectl describe service menu | grep TargetPort
kubectl exec deployment/menu -- netstat -tln
sed -i -e 's/1 menu: ____/1 menu: 80/' -e 's/2 menu: ____/2 menu: 8080/' -e 's/3 menu: ____/3 menu: targetPort/' chart.txt

# exercise: cure
kubectl patch service menu -p '{"spec":{"ports":[{"port":80,"targetPort":8080}]}}'

# exercise: orders
kubectl patch deployment orders -p '{"spec":{"template":{"spec":{"containers":[{"name":"web","readinessProbe":{"httpGet":{"port":9000}}}]}}}}'
kubectl rollout status deployment/orders --timeout=120s
kubectl wait --for=jsonpath='{.status.replicas}'=2 deployment/orders --timeout=60s
sleep 10
