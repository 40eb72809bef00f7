# hint: still-in-env
kubectl patch deployment mailer -p '{"spec":{"template":{"spec":{"volumes":[{"name":"p","secret":{"secretName":"mail-login"}}],"containers":[{"name":"mailer","volumeMounts":[{"name":"p","mountPath":"/run/secrets/mail"}]}]}}}}'
sleep 60
