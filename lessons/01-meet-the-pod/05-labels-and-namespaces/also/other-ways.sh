# exercise: pick
kubectl get pods --selector 'env in (prod), tier notin (back)' > answer.txt
# exercise: front-door
kubectl create service clusterip front --tcp=80:80
kubectl set selector service front app=shop,tier=front
sleep 5
# exercise: quarantine
kubectl label pod shop-1 door=open
kubectl set selector service front app=shop,tier=front,door=open
sleep 5
# exercise: room-of-its-own
kubectl apply -f - <<'EOF'
apiVersion: v1
kind: Namespace
metadata: { name: team-b }
---
apiVersion: v1
kind: Pod
metadata: { name: shop-1, namespace: team-b }
spec: { containers: [{ name: web, image: 'nginx:1.27' }] }
EOF
sleep 60
