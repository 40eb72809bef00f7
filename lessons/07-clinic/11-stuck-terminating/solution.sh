#!/bin/sh
# exercise: chart
kubectl describe pod ledger-0 | grep -A3 State
kubectl get pod ledger-0 -o jsonpath='{.metadata.finalizers}{"\n"}'
kubectl get pods -l app=oven -o jsonpath='{.items[*].spec.terminationGracePeriodSeconds}{"\n"}'
sed -i -e 's/1 ledger-0: ____/1 ledger-0: no/' -e 's#2 ledger-0: ____#2 ledger-0: doujia.example/backup#' -e 's/3 oven: ____/3 oven: 3600/' chart.txt

# exercise: ledger
kubectl patch statefulset ledger --type=json -p '[{"op":"remove","path":"/spec/template/metadata/finalizers"}]'
kubectl patch pod ledger-0 --type=json -p '[{"op":"remove","path":"/metadata/finalizers"}]'
sleep 5
kubectl wait --for=condition=Ready pod/ledger-0 --timeout=120s
sleep 10

# exercise: oven
OLD=$(kubectl get pods -l app=oven --sort-by=.metadata.creationTimestamp -o name | head -n 1)
kubectl exec $OLD -- kill -INT 1
sleep 10
kubectl get deployment oven -o yaml | sed -e "s/trap '' TERM/true/" -e "s/exit 0' INT/exit 0' INT TERM/" > oven.yaml
kubectl apply -f oven.yaml
sleep 90
kubectl delete $(kubectl get pods -l app=oven --sort-by=.metadata.creationTimestamp -o name | tail -n 1)
sleep 5
