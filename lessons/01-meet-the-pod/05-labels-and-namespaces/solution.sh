#!/bin/sh
# exercise: pick
kubectl get pods -l tier=front,env=prod -o name > answer.txt
cat answer.txt

# exercise: front-door
cat > front.yaml <<'EOF'
apiVersion: v1
kind: Service
metadata:
  name: front
spec:
  selector:
    app: shop
    tier: front
  ports:
    - port: 80
EOF
kubectl apply -f front.yaml
sleep 5

# exercise: quarantine
kubectl label pod shop-2 tier=quarantine --overwrite
sleep 5

# exercise: room-of-its-own
kubectl create namespace team-b
kubectl run shop-1 --image=nginx:1.27 -n team-b
kubectl wait --for=condition=Ready pod/shop-1 -n team-b --timeout=120s
