kubectl patch deployment {{name}} -n {{ns}} -p '{"spec":{"template":{"spec":{"containers":[{"name":"web","readinessProbe":{"httpGet":{"path":"/","port":80},"periodSeconds":{{period}}},"livenessProbe":{"tcpSocket":{"port":80},"initialDelaySeconds":{{delay}}}}]}}}}'
kubectl rollout status -n {{ns}} deployment/{{name}} --timeout=180s
sleep 20
