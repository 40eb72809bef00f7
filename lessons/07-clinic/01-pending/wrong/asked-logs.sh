# hint: asked-logs
kubectl logs deployment/mailer
