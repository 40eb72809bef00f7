# exercise: chart
cat > chart.txt <<TXT
1 billing: password
2 poster: marketing
3 guard: root
TXT
# exercise: cure
kubectl patch deployment billing -p '{"spec":{"template":{"spec":{"containers":[{"name":"main","env":[{"name":"DB_PASSWORD","valueFrom":{"secretKeyRef":{"name":"db","key":"pass"}}}]}]}}}}'
kubectl create configmap banner --from-literal=TEXT="$(kubectl get configmap banner -n marketing -o jsonpath='{.data.TEXT}')"
sleep 60
# exercise: guard
kubectl patch deployment guard -p '{"spec":{"template":{"spec":{"containers":[{"name":"main","securityContext":{"runAsUser":65534,"runAsNonRoot":true}}]}}}}'
sleep 60
