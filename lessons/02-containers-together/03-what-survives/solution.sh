#!/bin/sh
# exercise: keep-it
cat > notebook.yaml <<'EOF'
apiVersion: v1
kind: Pod
metadata:
  name: notebook
spec:
  volumes:
    - name: pages
      emptyDir: {}
  containers:
    - name: web
      image: nginx:1.27
      volumeMounts:
        - name: pages
          mountPath: /usr/share/nginx/html
EOF
kubectl apply -f notebook.yaml
kubectl wait --for=condition=Ready pod/notebook --timeout=120s
kubectl exec notebook -- sh -c 'echo "remember me" > /usr/share/nginx/html/index.html'
kubectl exec notebook -- nginx -s quit
sleep 30
kubectl get pod notebook

# exercise: hand-over
cat > relay.yaml <<'EOF'
apiVersion: v1
kind: Pod
metadata:
  name: relay
spec:
  volumes:
    - name: box
      emptyDir:
        medium: Memory
  containers:
    - name: writer
      image: busybox:1.36
      command: [sh, -c, 'echo "from the writer" > /box/note; sleep 3600']
      volumeMounts:
        - name: box
          mountPath: /box
    - name: reader
      image: busybox:1.36
      command: [sh, -c, 'sleep 5; cat /box/note; sleep 3600']
      volumeMounts:
        - name: box
          mountPath: /box
EOF
kubectl apply -f relay.yaml
kubectl wait --for=condition=Ready pod/relay --timeout=120s
sleep 10
kubectl logs relay -c reader
