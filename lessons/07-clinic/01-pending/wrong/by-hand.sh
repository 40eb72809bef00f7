# hint: by-hand
kubectl patch deployment mailer -p '{"spec":{"template":{"spec":{"nodeName":"worker-3"}}}}'
sleep 30
