# exercise: one-each
sed -e 's/kind: ____/kind: DaemonSet/' -e 's/fieldPath: ____/fieldPath: spec.nodeName/' lookout.yaml | kubectl create -f -
sleep 60
# exercise: really-everywhere
kubectl patch daemonset lookout -p '{"spec":{"template":{"spec":{"tolerations":[{"operator":"Exists"}]}}}}'
sleep 300
# exercise: some-nodes
kubectl create -f - <<'YAML'
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: trimmer }
spec:
  selector: { matchLabels: { app: trimmer } }
  template:
    metadata: { labels: { app: trimmer } }
    spec:
      affinity:
        nodeAffinity:
          requiredDuringSchedulingIgnoredDuringExecution:
            nodeSelectorTerms: [{ matchExpressions: [{ key: disk, operator: In, values: [ssd, nvme] }] }]
      containers: [{ name: t, image: 'nginx:1.27' }]
YAML
kubectl label node worker-3 disk=ssd
kubectl label node worker-1 disk=ssd
sleep 60
