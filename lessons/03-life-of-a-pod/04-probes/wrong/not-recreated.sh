# hint: not-recreated
sed -i 's/livenessProbe:/startupProbe:\n        httpGet: { path: \/, port: 80 }\n        failureThreshold: 30\n      livenessProbe:/' archive.yaml
kubectl apply -f archive.yaml
sleep 30
