# exercise: chart
cat > chart.txt <<TXT
The key that billing asks for: password
The namespace that has the ConfigMap of poster: marketing
The user ID that guard would run as: root
TXT
# exercise: cure
kubectl patch deployment billing -p '{"spec":{"template":{"spec":{"containers":[{"name":"main","env":[{"name":"DB_PASSWORD","valueFrom":{"secretKeyRef":{"name":"db","key":"pass"}}}]}]}}}}'
kubectl create configmap banner --from-literal=TEXT="$(kubectl get configmap banner -n marketing -o jsonpath='{.data.TEXT}')"
sleep 60
# exercise: guard
kubectl patch deployment guard -p '{"spec":{"template":{"spec":{"containers":[{"name":"main","securityContext":{"runAsUser":65534,"runAsNonRoot":true}}]}}}}'
sleep 60
