# hint: forgets
kubectl apply -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata: { name: phoenix }
spec:
  containers:
    - name: bird
      image: busybox:1.36
      command: [sh, -c, 'if [ ! -f /tmp/mark ]; then touch /tmp/mark; exit 1; fi; echo "second life"; sleep 3600']
YAML
sleep 60
