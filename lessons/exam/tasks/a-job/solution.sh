kubectl apply -f - <<'END'
apiVersion: batch/v1
kind: Job
metadata: { name: {{name}}, namespace: {{ns}} }
spec:
  completions: {{n}}
  parallelism: {{p}}
  backoffLimit: {{retries}}
  template:
    spec:
      restartPolicy: Never
      containers: [{ name: work, image: "busybox:1.36", command: [sh, -c, "sleep 2; echo {{word}}"] }]
END
kubectl wait -n {{ns}} --for=condition=Complete job/{{name}} --timeout=300s
