#!/bin/sh
# exercise: close-the-till
sed -i "s#/____; exit ____' ____#/closed; exit 0' TERM#" cashier.yaml
kubectl apply -f cashier.yaml
kubectl wait --for=condition=Ready pod/cashier --timeout=60s
kubectl delete pod cashier
kubectl logs books --tail=1

# exercise: thirty-seconds
sed -i "s/ nginx -g/ exec nginx -g/" frontdesk.yaml
kubectl apply -f frontdesk.yaml
kubectl wait --for=condition=Ready pod/frontdesk --timeout=60s
kubectl delete pod frontdesk

# exercise: last-guests
cat > waiter.yaml <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: waiter
spec:
  containers:
    - name: web
      image: nginx:1.27
      lifecycle:
        preStop:
          exec:
            command: [sleep, "5"]
YAML
kubectl apply -f waiter.yaml
kubectl wait --for=condition=Ready pod/waiter --timeout=60s
kubectl delete pod waiter
