# hint: no-such-storage
cat > ring.yaml <<'YAML'
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: ring }
spec:
  serviceName: ring
  replicas: 2
  selector: { matchLabels: { app: ring } }
  template:
    metadata: { labels: { app: ring } }
    spec: { containers: [{ name: web, image: 'nginx:1.27' }] }
  volumeClaimTemplates: [{ metadata: { name: data }, spec: { storageClassName: fast, accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } } }]
YAML
kubectl create -f ring.yaml
sleep 10
# hint: ring-no-service
kubectl delete statefulset ring
sed -i '/volumeClaimTemplates/d' ring.yaml
kubectl create -f ring.yaml
sleep 30
# hint: ring-selector
kubectl create service clusterip ring --clusterip=None
kubectl set selector service ring app=rings
