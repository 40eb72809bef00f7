# exercise: complete-replicaset
kubectl create -f - <<'YAML'
apiVersion: apps/v1
kind: ReplicaSet
metadata: { name: orders }
spec:
  selector: { matchExpressions: [{ key: job, operator: In, values: [orders, order] }] }
  template:
    metadata: { labels: { job: order } }
    spec: { containers: [{ name: web, image: 'nginx:1.27' }] }
YAML
kubectl scale rs orders --replicas=3
sleep 30
# exercise: keep-the-evidence
kubectl label $(kubectl get pods -l job=order -o name | tail -n 1) job-
sleep 30
# exercise: take-over
kubectl create -f - <<'YAML'
apiVersion: apps/v1
kind: ReplicaSet
metadata: { name: packers }
spec:
  replicas: 2
  selector: { matchLabels: { team: warehouse } }
  template:
    metadata: { labels: { team: warehouse } }
    spec: { containers: [{ name: web, image: 'httpd:2.4' }] }
YAML
kubectl scale rs/packers --replicas=3
sleep 60
