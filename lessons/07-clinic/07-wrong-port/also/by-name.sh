# exercise: chart
cat > chart.txt <<TXT
1 menu: 80
2 menu: 8080
3 menu: spec.ports[0].targetPort
TXT
# exercise: cure
kubectl patch deployment menu --type=json -p '[{"op":"replace","path":"/spec/template/spec/containers/0/ports","value":[{"name":"http","containerPort":8080}]}]'
kubectl rollout status deployment/menu --timeout=120s
kubectl patch service menu --type=json -p '[{"op":"replace","path":"/spec/ports/0/targetPort","value":"http"}]'
sleep 5
# exercise: orders
kubectl get deployment orders -o yaml | sed 's/port: 9001/port: http/' > orders.yaml
kubectl apply -f orders.yaml
sleep 90
