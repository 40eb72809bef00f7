# hint: plain-container
kubectl apply -f - <<'YAML'
apiVersion: batch/v1
kind: Job
metadata: { name: invoices }
spec:
  template:
    spec:
      restartPolicy: Never
      volumes: [{ name: logs, emptyDir: {} }]
      containers:
        - name: shipper
          image: busybox:1.36
          command: [sh, -c, 'touch /logs/out; tail -f /logs/out']
          volumeMounts: [{ name: logs, mountPath: /logs }]
        - name: print
          image: busybox:1.36
          command: [sh, -c, 'for n in 7 8 9; do echo "invoice $n" >> /logs/out; sleep 2; done']
          volumeMounts: [{ name: logs, mountPath: /logs }]
YAML
sleep 60
