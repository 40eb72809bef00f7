#!/bin/sh
# exercise: two-at-a-time
sed -i -e 's/kind: ____/kind: Job/' -e 's/completions: ____/completions: 6/' -e 's/parallelism: ____/parallelism: 2/' -e 's/restartPolicy: ____/restartPolicy: Never/' parcels.yaml
kubectl apply -f parcels.yaml
kubectl wait --for=condition=Complete job/parcels --timeout=120s
kubectl logs -l job-name=parcels --prefix

# exercise: failed-report
kubectl logs -l job-name=report
kubectl delete job report
cat > report.yaml <<'YAML'
apiVersion: batch/v1
kind: Job
metadata:
  name: report
spec:
  backoffLimit: 1
  template:
    spec:
      restartPolicy: Never
      containers:
        - name: write
          image: busybox:1.36
          command:
            - sh
            - -c
            - '[ -n "$MONTH" ] || { echo "MONTH is not set"; exit 2; }; echo "report for $MONTH"'
          env:
            - name: MONTH
              value: December
YAML
kubectl apply -f report.yaml
kubectl wait --for=condition=Complete job/report --timeout=120s

# exercise: pulse
cat > pulse.yaml <<'YAML'
apiVersion: batch/v1
kind: CronJob
metadata:
  name: pulse
spec:
  schedule: "* * * * *"
  concurrencyPolicy: Forbid
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: OnFailure
          containers:
            - name: beat
              image: busybox:1.36
              command: [date]
YAML
kubectl apply -f pulse.yaml
sleep 150
kubectl get jobs
