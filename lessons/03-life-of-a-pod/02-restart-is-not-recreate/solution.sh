#!/bin/sh
# exercise: count-the-lives
cat > counter.yaml <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: counter
spec:
  volumes:
    - name: memory
      emptyDir: {}
  containers:
    - name: main
      image: busybox:1.36
      command:
        - sh
        - -c
        - echo x >> /memory/starts; echo "start number $(wc -l < /memory/starts)"; sleep 5; exit 1
      volumeMounts:
        - name: memory
          mountPath: /memory
YAML
kubectl apply -f counter.yaml
sleep 45
kubectl logs counter
kubectl get pod counter

# exercise: heal-then-replace
kubectl exec deploy/shop -- nginx -s quit
sleep 10
kubectl get pods -l app=shop
kubectl delete pod -l app=shop
kubectl rollout status deployment/shop
kubectl get pods -l app=shop

# exercise: second-chance
cat > phoenix.yaml <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: phoenix
spec:
  volumes:
    - name: ashes
      emptyDir: {}
  containers:
    - name: bird
      image: busybox:1.36
      command:
        - sh
        - -c
        - |
          if [ ! -f /ashes/mark ]; then
            touch /ashes/mark
            exit 1
          fi
          echo "second life"
          sleep 3600
      volumeMounts:
        - name: ashes
          mountPath: /ashes
YAML
kubectl apply -f phoenix.yaml
kubectl wait --for=condition=Ready pod/phoenix --timeout=60s
sleep 20
kubectl get pod phoenix
