#!/bin/sh
# exercise: chart
kubectl describe pods -l app=menu | grep Unhealthy
kubectl describe pods -l app=soup | grep -E 'Unhealthy|Readiness:'
kubectl describe pods -l app=till | grep -A 2 'Readiness Gates'
sed -i -e 's/1 menu: ____/1 menu: 404/' -e 's/2 soup: ____/2 soup: 1/' -e 's#3 till: ____#3 till: doujia.example/on-balancer#' chart.txt

# exercise: cure
kubectl patch deployment menu --type=json -p '[{"op":"replace","path":"/spec/template/spec/containers/0/readinessProbe/httpGet/path","value":"/health"}]'
kubectl rollout status deployment/menu --timeout=120s
sleep 10

# exercise: two-more
kubectl patch deployment soup --type=json -p '[{"op":"add","path":"/spec/template/spec/containers/0/readinessProbe/timeoutSeconds","value":5}]'
kubectl patch deployment till --type=json -p '[{"op":"remove","path":"/spec/template/spec/readinessGates"}]'
kubectl rollout status deployment/soup --timeout=120s
kubectl rollout status deployment/till --timeout=120s
sleep 10
