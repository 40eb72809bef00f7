#!/bin/sh
# exercise: chart
kubectl events --types=Warning | grep Error:
kubectl get configmaps -A | grep banner
sed -i -e 's/1 billing: ____/1 billing: password/' -e 's/2 poster: ____/2 poster: marketing/' -e 's/3 guard: ____/3 guard: 0/' chart.txt

# exercise: cure
kubectl patch secret db -p '{"stringData":{"password":"s3cret"}}'
kubectl get configmap banner -n marketing -o yaml | sed -e 's/namespace: marketing/namespace: default/' -e '/resourceVersion\|uid\|creationTimestamp/d' | kubectl create -f -
kubectl wait --for=condition=Available deployment/billing deployment/poster --timeout=60s

# exercise: guard
kubectl patch deployment guard -p '{"spec":{"template":{"spec":{"securityContext":{"runAsUser":1000}}}}}'
kubectl rollout status deployment/guard --timeout=60s
