#!/bin/sh
# exercise: chart
kubectl describe nodes | grep -E '^Name:|^Taints:'
kubectl get nodes -L net
kubectl describe node worker-2 | grep -A 5 '^Allocated'
sed -i -e 's/worker-1: ____/worker-1: taint/' -e 's/worker-2: ____/worker-2: cpu/' -e 's/worker-3: ____/worker-3: label/' chart.txt

# exercise: cure
kubectl taint node worker-1 maintenance-
kubectl wait --for=condition=Available deployment/checkout --timeout=90s

# exercise: silent
kubectl patch deployment mailer -p '{"spec":{"template":{"spec":{"schedulerName":"default-scheduler"}}}}'
kubectl wait --for=condition=Available deployment/mailer --timeout=90s
