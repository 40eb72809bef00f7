# hint: not-yet
sed 's/restartPolicy: Always/restartPolicy: Always\n      startupProbe: { httpGet: { path: \/, port: 8080 }, failureThreshold: 90 }/' orders.yaml | kubectl apply -f -
sleep 30
