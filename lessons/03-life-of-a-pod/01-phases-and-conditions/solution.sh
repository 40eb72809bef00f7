#!/bin/sh
# exercise: six-phases
kubectl get pods -o custom-columns=NAME:.metadata.name,PHASE:.status.phase
cat > phases.txt <<'TXT'
web: Running
shy: Running
loop: Running
typo: Pending
errand: Succeeded
choosy: Pending
TXT

# exercise: which-condition
kubectl get pod choosy -o jsonpath='{range .status.conditions[?(@.status=="False")]}{.type}: {.message}{"\n"}{end}'
kubectl label node worker-1 disk=ssd
kubectl wait --for=condition=Ready pod/choosy --timeout=120s

# exercise: two-endings
kubectl run good --image=busybox:1.36 --restart=Never -- sleep 5
kubectl run bad --image=busybox:1.36 --restart=Never -- sh -c 'sleep 5; exit 7'
kubectl wait --for=jsonpath='{.status.phase}'=Succeeded pod/good --timeout=60s
kubectl wait --for=jsonpath='{.status.phase}'=Failed pod/bad --timeout=60s
