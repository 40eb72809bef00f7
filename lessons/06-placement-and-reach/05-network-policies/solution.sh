#!/bin/sh
# exercise: guard-the-db
sed -i -e '/^    matchLabels/,/policyTypes/s/app: ____/app: db/' -e 's/app: ____/app: shop/' -e 's/port: ____/port: 80/' db.yaml
kubectl apply -f db.yaml
sleep 20
kubectl get pods

# exercise: close-the-house
cat > closed.yaml <<'YAML'
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: closed
spec:
  podSelector: {}
  policyTypes: [Ingress]
YAML
kubectl apply -f closed.yaml
sleep 20
kubectl get pods

# exercise: from-the-branch
cat > branch.yaml <<'YAML'
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: db-from-branch
spec:
  podSelector:
    matchLabels:
      app: db
  policyTypes: [Ingress]
  ingress:
    - from:
        - namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: branch
          podSelector:
            matchLabels:
              app: shop
      ports:
        - port: 80
YAML
kubectl apply -f branch.yaml
sleep 20
kubectl get pods --all-namespaces
