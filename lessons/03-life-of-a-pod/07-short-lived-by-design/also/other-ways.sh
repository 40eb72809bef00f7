# exercise: maintenance
kubectl cordon worker-1
kubectl create deployment solo --image=nginx:1.27 --replicas=2
sleep 30
kubectl delete pod solo
kubectl delete pods --field-selector=spec.nodeName=worker-1
sleep 30
kubectl uncordon worker-1
# exercise: room-enough
kubectl apply -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata: { name: sorter }
spec:
  volumes: [{ name: w, emptyDir: { sizeLimit: 100M, medium: Memory } }]
  containers:
    - name: main
      image: busybox:1.36
      command: [sh, -c, 'seq 1 600000 > /w/numbers; echo sorted; sleep 100000']
      volumeMounts: [{ name: w, mountPath: /w }]
YAML
sleep 100
# exercise: clear-the-table
kubectl delete pod report-monday report-tuesday report-wednesday
