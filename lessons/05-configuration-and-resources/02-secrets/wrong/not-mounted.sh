# hint: not-in-the-log
kubectl patch deployment mailer --type=json -p '[{"op":"remove","path":"/spec/template/spec/containers/0/env"},{"op":"add","path":"/spec/template/spec/volumes","value":[{"name":"login","secret":{"secretName":"mail-login"}}]}]'
# hint: not-mounted
kubectl rollout status deployment/mailer --timeout=60s
