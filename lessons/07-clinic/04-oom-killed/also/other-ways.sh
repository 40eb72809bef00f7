# exercise: chart
cat > chart.txt <<TXT
1 gallery: thumbs
2 gallery: 100 Mi
3 porter: The liveness probe
TXT
# exercise: cure
kubectl patch deployment gallery -p '{"spec":{"template":{"spec":{"containers":[{"name":"thumbs","resources":{"requests":{"memory":"160Mi"},"limits":{"memory":"300Mi"}}}]}}}}'
sleep 90
# exercise: cache
kubectl create configmap cache --from-literal=CACHE_MB=220
kubectl patch deployment cache --type=json -p '[{"op":"replace","path":"/spec/template/spec/containers/0/env","value":[{"name":"CACHE_MB","valueFrom":{"configMapKeyRef":{"name":"cache","key":"CACHE_MB"}}}]}]'
sleep 90
