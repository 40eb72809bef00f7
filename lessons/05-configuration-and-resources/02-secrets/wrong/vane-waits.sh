# hint: vane-waits
kubectl apply -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: vane
spec:
  restartPolicy: Never
  volumes:
    - name: login
      secret:
        secretName: weather
  containers:
    - name: vane
      image: busybox:1.36
      command: [ls, /etc/weather]
      volumeMounts:
        - name: login
          mountPath: /etc/weather
YAML
sleep 20
