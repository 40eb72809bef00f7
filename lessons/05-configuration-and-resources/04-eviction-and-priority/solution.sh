#!/bin/sh
# exercise: stay-seated
sed -i 's/____/2000Mi/' diary.yaml
kubectl apply -f diary.yaml
kubectl wait --for=condition=Ready pod/diary --timeout=60s
kubectl apply -f party.yaml
kubectl wait --for=jsonpath='{.status.reason}'=Evicted pod/party --timeout=180s
kubectl get pod party -o jsonpath='{.status.reason}: {.status.message}{"\n"}'

# exercise: ring-the-alarm
sed -i -e 's/value: ____/value: 1000/' -e 's/priorityClassName: ____/priorityClassName: urgent/' alarm.yaml
kubectl apply -f alarm.yaml
kubectl wait --for=condition=Ready pod/alarm --timeout=6m
kubectl get pods -l app=batch

# exercise: patient
cat > patient.yaml <<'YAML'
apiVersion: scheduling.k8s.io/v1
kind: PriorityClass
metadata:
  name: polite
value: 500
preemptionPolicy: Never
---
apiVersion: v1
kind: Pod
metadata:
  name: patient
spec:
  priorityClassName: polite
  containers:
    - name: wait
      image: nginx:1.27
      resources:
        requests:
          cpu: 1500m
YAML
kubectl apply -f patient.yaml
sleep 10
kubectl get pod patient
kubectl scale deployment batch --replicas=2
kubectl wait --for=condition=Ready pod/patient --timeout=6m
