#!/bin/sh
# exercise: open-the-till
kubectl create secret generic till-key --from-literal=token='open sesame'
sed -i -e 's/secretName: ____/secretName: till-key/' -e 's/defaultMode: ____/defaultMode: 0400/' -e 's#mountPath: ____#mountPath: /run/secrets/till#' till.yaml
kubectl apply -f till.yaml
kubectl wait --for=condition=Ready pod/till --timeout=60s
sleep 10
kubectl logs till --tail=1

# exercise: out-of-the-log
cat > mailer.yaml <<'YAML'
apiVersion: apps/v1
kind: Deployment
metadata:
  name: mailer
spec:
  replicas: 1
  selector:
    matchLabels:
      app: mailer
  template:
    metadata:
      labels:
        app: mailer
    spec:
      volumes:
        - name: login
          secret:
            secretName: mail-login
      containers:
        - name: mailer
          image: busybox:1.36
          command:
            - sh
            - -c
            - 'echo "starting, environment:"; env | sort; trap exit TERM; while true; do sleep 1; done'
          env: []
          volumeMounts:
            - name: login
              mountPath: /run/secrets/mail
              readOnly: true
YAML
kubectl apply -f mailer.yaml
kubectl rollout status deployment/mailer
sleep 10
kubectl logs deployment/mailer

# exercise: only-what-it-needs
kubectl create secret generic weather --from-literal=user=sunny --from-literal=password=rain
cat > vane.yaml <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: vane
spec:
  restartPolicy: Never
  volumes:
    - name: login
      secret:
        secretName: weather
        items:
          - key: user
            path: user
  containers:
    - name: vane
      image: busybox:1.36
      command: [ls, /etc/weather]
      volumeMounts:
        - name: login
          mountPath: /etc/weather
YAML
kubectl apply -f vane.yaml
sleep 10
kubectl logs vane
