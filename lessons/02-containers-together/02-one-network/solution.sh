#!/bin/sh
# exercise: open-the-door
cat > rates.yaml <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: rates
spec:
  containers:
    - name: server
      image: hashicorp/http-echo:1.0
      args: ["-listen=:9000", "-text=1 USD = 7.1 CNY"]
    - name: reader
      image: busybox:1.36
      command:
        - sh
        - -c
        - while true; do sleep 5; wget -q -O - http://localhost:9000; done
YAML
kubectl apply -f rates.yaml
kubectl wait --for=condition=Ready pod/rates --timeout=120s
sleep 12
kubectl logs rates -c reader

# exercise: end-the-clash
cat > twins.yaml <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: twins
spec:
  containers:
    - name: blue
      image: hashicorp/http-echo:1.0
      args: [-text=blue]
    - name: green
      image: hashicorp/http-echo:1.0
      args: [-text=green, "-listen=:5679"]
YAML
kubectl replace --force -f twins.yaml
kubectl wait --for=condition=Ready pod/twins --timeout=120s

# exercise: back-office
cat > kiosk.yaml <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: kiosk
spec:
  containers:
    - name: web
      image: nginx:1.27
    - name: admin
      image: hashicorp/http-echo:1.0
      args: ["-listen=127.0.0.1:8081", "-text=for staff only"]
    - name: guard
      image: busybox:1.36
      command:
        - sh
        - -c
        - while true; do sleep 5; wget -q -O - http://localhost:8081; done
YAML
kubectl apply -f kiosk.yaml
kubectl wait --for=condition=Ready pod/kiosk --timeout=120s
sleep 12
kubectl logs kiosk -c guard
