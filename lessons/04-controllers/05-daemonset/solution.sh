#!/bin/sh
# exercise: one-each
sed -i -e 's/kind: ____/kind: DaemonSet/' -e 's/fieldPath: ____/fieldPath: spec.nodeName/' lookout.yaml
kubectl apply -f lookout.yaml
kubectl rollout status daemonset/lookout
sleep 10
kubectl logs -l app=lookout --prefix --tail=1

# exercise: really-everywhere
cat >> lookout.yaml <<'YAML'
      tolerations:
        - key: node-role.kubernetes.io/control-plane
          operator: Exists
          effect: NoSchedule
YAML
kubectl apply -f lookout.yaml
kubectl rollout status daemonset/lookout --timeout=300s
kubectl get pods -l app=lookout -o wide

# exercise: some-nodes
kubectl label node worker-1 worker-3 disk=ssd
cat > trimmer.yaml <<'YAML'
apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: trimmer
spec:
  selector:
    matchLabels:
      app: trimmer
  template:
    metadata:
      labels:
        app: trimmer
    spec:
      nodeSelector:
        disk: ssd
      containers:
        - name: trim
          image: busybox:1.36
          command: [sh, -c, 'trap exit TERM; while true; do sleep 1; done']
YAML
kubectl apply -f trimmer.yaml
kubectl rollout status daemonset/trimmer
kubectl get pods -l app=trimmer -o wide
