# exercise: six-phases
kubectl get pods -o jsonpath='{range .items[*]}{.metadata.name}: {.status.phase}{"\n"}{end}' > phases.txt
# exercise: which-condition
kubectl label nodes -l '!node-role.kubernetes.io/control-plane' disk=ssd
sleep 30
# exercise: two-endings
kubectl apply -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata: { name: good }
spec:
  restartPolicy: OnFailure
  containers: [{ name: a, image: 'busybox:1.36', command: [sh, -c, 'sleep 3; exit 0'] }]
---
apiVersion: v1
kind: Pod
metadata: { name: bad }
spec:
  restartPolicy: Never
  containers:
    - { name: a, image: 'busybox:1.36', command: [sh, -c, 'exit 7'] }
    - { name: b, image: 'busybox:1.36', command: [sh, -c, 'sleep 2'] }
YAML
sleep 30
