#!/bin/sh
# exercise: feed-it
kubectl delete pod hungry
sed -i -e '/requests/,/limits/s/____/160Mi/' -e 's/____/200Mi/' hungry.yaml
kubectl apply -f hungry.yaml
kubectl wait --for=condition=Ready pod/hungry --timeout=60s
sleep 30
kubectl get pod hungry

# exercise: three-bakers
kubectl get pods -l app=bakers
kubectl set resources deployment/bakers --requests=cpu=500m
kubectl rollout status deployment/bakers --timeout=120s

# exercise: last-to-go
cat > vault.yaml <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: vault
spec:
  containers:
    - name: web
      image: nginx:1.27
      resources:
        requests:
          cpu: 100m
          memory: 64Mi
        limits:
          cpu: 100m
          memory: 64Mi
    - name: guard
      image: busybox:1.36
      command: [sh, -c, 'trap exit TERM; while true; do sleep 1; done']
      resources:
        limits:
          cpu: 50m
          memory: 32Mi
YAML
kubectl apply -f vault.yaml
kubectl wait --for=condition=Ready pod/vault --timeout=60s
