#!/bin/sh
# exercise: trainer
sed -i -e '/tolerations/,/affinity/s/key: ____/key: gpu/' -e 's/effect: ____/effect: NoSchedule/' -e 's/key: ____/key: gpu/' trainer.yaml
kubectl apply -f trainer.yaml
kubectl wait --for=condition=Ready pod/trainer --timeout=60s
kubectl get pod trainer -o wide

# exercise: both-zones
cat > till.yaml <<'YAML'
apiVersion: apps/v1
kind: Deployment
metadata:
  name: till
spec:
  replicas: 6
  selector:
    matchLabels:
      app: till
  template:
    metadata:
      labels:
        app: till
    spec:
      topologySpreadConstraints:
        - maxSkew: 1
          topologyKey: topology.kubernetes.io/zone
          whenUnsatisfiable: DoNotSchedule
          labelSelector:
            matchLabels:
              app: till
          matchLabelKeys: [pod-template-hash]
      containers:
        - name: web
          image: nginx:1.27
YAML
kubectl apply -f till.yaml
kubectl rollout status deployment/till
sleep 10
kubectl get pods -l app=till -o wide

# exercise: three-guards
cat > guard.yaml <<'YAML'
apiVersion: apps/v1
kind: Deployment
metadata:
  name: guard
spec:
  replicas: 3
  selector:
    matchLabels:
      app: guard
  template:
    metadata:
      labels:
        app: guard
    spec:
      affinity:
        podAntiAffinity:
          requiredDuringSchedulingIgnoredDuringExecution:
            - topologyKey: kubernetes.io/hostname
              labelSelector:
                matchLabels:
                  app: guard
      containers:
        - name: web
          image: nginx:1.27
YAML
kubectl apply -f guard.yaml
kubectl rollout status deployment/guard
