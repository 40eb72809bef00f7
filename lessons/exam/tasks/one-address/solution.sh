kubectl apply -f - <<'END'
apiVersion: v1
kind: Service
metadata: { name: {{name}}, namespace: {{ns}} }
spec:
  selector: { app: {{name}} }
  ports: [{ name: {{pname}}, port: {{port}}, targetPort: 80 }]
END
sleep 2
