# exercise: kiosk
kubectl expose deployment kiosk --port=80 --target-port=8080
sleep 5
# exercise: three-silent
kubectl delete service bread salt
kubectl expose deployment bread --port=80
kubectl expose deployment salt --port=80
kubectl patch deployment tea --type=json -p '[{"op":"remove","path":"/spec/template/spec/containers/0/readinessProbe"}]'
sleep 20
# exercise: next-door
kubectl create -f - <<'YAML'
apiVersion: v1
kind: Service
metadata: { name: oven, namespace: kitchen }
spec: { type: NodePort, selector: { app: oven }, ports: [{ port: 8080, targetPort: 80 }] }
YAML
kubectl run cook --image=curlimages/curl:8.10.1 --command -- sh -c 'sleep 3; curl -s http://oven.kitchen.svc.cluster.local:8080; sleep 10000'
sleep 30
