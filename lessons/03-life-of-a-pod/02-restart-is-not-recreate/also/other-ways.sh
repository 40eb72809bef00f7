# exercise: count-the-lives
sed -e 's#____/#/tmp/#g' -e 's/name: ____/name: memory/' counter.yaml | kubectl apply -f -
sleep 60
kubectl delete pod counter --now
kubectl apply -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata: { name: counter }
spec:
  volumes: [{ name: v, emptyDir: { medium: Memory } }]
  containers:
    - name: main
      image: alpine:3.20
      command: [sh, -c, 'n=$(cat /v/n 2>/dev/null || echo 0); n=$((n + 1)); echo $n > /v/n; echo "start number $n"; sleep 2']
      volumeMounts: [{ name: v, mountPath: /v }]
YAML
sleep 60
# exercise: heal-then-replace
podlab container kill $(kubectl get pods -l app=shop -o jsonpath='{.items[0].metadata.name}')/web
sleep 10
kubectl rollout restart deployment shop
kubectl rollout status deployment shop
sleep 10
# exercise: second-chance
kubectl apply -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata: { name: phoenix }
spec:
  restartPolicy: OnFailure
  volumes: [{ name: v, emptyDir: {} }]
  containers:
    - name: a
      image: busybox:1.36
      command: [sh, -c, 'mkdir /v/mark && exit 3; echo this is my second life; while true; do sleep 10; done']
      volumeMounts: [{ name: v, mountPath: /v }]
YAML
sleep 40
