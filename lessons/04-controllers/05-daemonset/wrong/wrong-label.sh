# hint: wrong-label
kubectl label node worker-1 worker-2 disk=ssd
kubectl create -f - <<'YAML'
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: trimmer }
spec:
  selector: { matchLabels: { app: trimmer } }
  template:
    metadata: { labels: { app: trimmer } }
    spec:
      nodeSelector: { disk: ssd }
      containers: [{ name: t, image: 'nginx:1.27' }]
YAML
sleep 60
