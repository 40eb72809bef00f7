# exercise: chart
cat > chart.txt <<TXT
1 ledger-0: no, it has ended
2 ledger-0: backup
3 oven: 3600
TXT
# exercise: ledger
kubectl patch pod ledger-0 -p '{"metadata":{"finalizers":null}}'
sleep 60
kubectl patch statefulset ledger -p '{"spec":{"template":{"metadata":{"finalizers":null}}}}'
sleep 20
kubectl patch pod ledger-0 -p '{"metadata":{"finalizers":null}}'
sleep 60
# exercise: oven
kubectl patch deployment oven -p '{"spec":{"template":{"spec":{"containers":[{"name":"main","lifecycle":{"preStop":{"exec":{"command":["kill","-INT","1"]}}}}]}}}}'
sleep 120
kubectl exec $(kubectl get pods -l app=oven --sort-by=.metadata.creationTimestamp -o name | head -n 1) -- kill -s INT 1
sleep 10
kubectl delete $(kubectl get pods -l app=oven --sort-by=.metadata.creationTimestamp -o name | tail -n 1)
sleep 10
