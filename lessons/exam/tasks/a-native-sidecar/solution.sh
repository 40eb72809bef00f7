kubectl apply -f - <<'END'
apiVersion: v1
kind: Pod
metadata: { name: {{name}}, namespace: {{ns}} }
spec:
  restartPolicy: Never
  initContainers:
    - name: {{side}}
      image: busybox:1.36
      restartPolicy: Always
      command: [sh, -c, "trap exit TERM; while true; do sleep 1; done"]
  containers:
    - { name: work, image: "busybox:1.36", command: [sh, -c, "sleep 5; echo done"] }
END
kubectl wait -n {{ns}} --for=jsonpath='{.status.phase}'=Succeeded pod/{{name}} --timeout=180s
