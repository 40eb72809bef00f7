# exercise: chart
cat > chart.txt <<TXT
barometer: Config, the unit
cuckoo: done at once
sundial: liveness probe
TXT
# exercise: cure
kubectl create configmap station-2 --from-literal=station.conf="UNIT=hPa
NAME=north"
kubectl patch deployment barometer -p '{"spec":{"template":{"spec":{"volumes":[{"name":"config","configMap":{"name":"station-2"}}]}}}}'
sleep 60
# exercise: two-more
kubectl patch deployment sundial -p '{"spec":{"template":{"spec":{"containers":[{"name":"main","livenessProbe":{"httpGet":null,"tcpSocket":{"port":80}}}]}}}}'
kubectl patch deployment cuckoo --type=json -p '[{"op":"replace","path":"/spec/template/spec/containers/0/command/2","value":"while true; do sleep 60; echo cuckoo; done & wait"}]'
sleep 150
