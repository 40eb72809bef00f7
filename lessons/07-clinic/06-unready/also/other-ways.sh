# exercise: chart
cat > chart.txt <<TXT
1 menu: 404 (not found)
2 soup: 1s
3 till: doujia.example/on-balancer
TXT
# exercise: cure
kubectl patch deployment menu -p '{"spec":{"template":{"spec":{"containers":[{"name":"web","readinessProbe":{"httpGet":null,"tcpSocket":{"port":8080}}}]}}}}'
sleep 90
# exercise: two-more
kubectl patch deployment soup -p '{"spec":{"template":{"spec":{"containers":[{"name":"web","readinessProbe":{"exec":null,"httpGet":{"path":"/","port":80}}}]}}}}'
kubectl get deployment till -o yaml | sed '/readinessGates/d;/conditionType/d' | kubectl replace -f -
sleep 90
