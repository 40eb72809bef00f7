#!/bin/sh
# exercise: chart
kubectl describe service menu | grep TargetPort
kubectl exec deployment/menu -- netstat -tln
sed -i -e 's/sends to port  ____/sends to port  80/' -e 's/listens on port  ____/listens on port  8080/' -e 's/decides  ____/decides  targetPort/' chart.txt

# exercise: cure
kubectl patch service menu -p '{"spec":{"ports":[{"port":80,"targetPort":8080}]}}'

# exercise: orders
kubectl patch deployment orders -p '{"spec":{"template":{"spec":{"containers":[{"name":"web","readinessProbe":{"httpGet":{"port":9000}}}]}}}}'
kubectl rollout status deployment/orders --timeout=120s
kubectl wait --for=jsonpath='{.status.replicas}'=2 deployment/orders --timeout=60s
sleep 10
