# exercise: open-the-till
kubectl apply -f - <<'YAML'
apiVersion: v1
kind: Secret
metadata: { name: till-key }
data: { token: b3BlbiBzZXNhbWU= }
YAML
sed -e 's/secretName: ____/secretName: till-key/' -e 's/defaultMode: ____/items: [{ key: token, path: token, mode: 0400 }]/' -e 's#mountPath: ____#mountPath: /run/secrets/till/#' till.yaml | kubectl create -f -
sleep 30
# exercise: out-of-the-log
kubectl set env deployment/mailer MAIL_PASSWORD-
kubectl patch deployment mailer -p '{"spec":{"template":{"spec":{"volumes":[{"name":"p","projected":{"sources":[{"secret":{"name":"mail-login"}}]}}],"containers":[{"name":"mailer","volumeMounts":[{"name":"p","mountPath":"/run/secrets/mail"}]}]}}}}'
kubectl rollout status deployment/mailer
sleep 60
# exercise: only-what-it-needs
kubectl apply -f - <<'YAML'
apiVersion: v1
kind: Secret
metadata: { name: weather }
stringData: { user: cloud, password: snow }
---
apiVersion: v1
kind: Pod
metadata: { name: vane }
spec:
  volumes: [{ name: v, projected: { sources: [{ secret: { name: weather, items: [{ key: user, path: user }] } }] } }]
  containers:
    - name: vane
      image: busybox:1.36
      command: [sh, -c, 'ls /etc/weather; sleep 10000']
      volumeMounts: [{ name: v, mountPath: /etc/weather }]
YAML
sleep 20
