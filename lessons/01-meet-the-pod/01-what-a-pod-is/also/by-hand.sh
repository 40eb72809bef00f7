# exercise: run-nginx
kubectl run web --image=docker.io/library/nginx:1.27 --port=80
sleep 30
# exercise: look-inside
kubectl get pod web -o wide > answer.txt
# exercise: complete-manifest
kubectl run hello --image=nginx:1.27 --port=80 --labels=app=hello
sleep 30
# exercise: from-scratch
kubectl apply -f - <<'EOF'
apiVersion: v1
kind: Pod
metadata: { name: cache }
spec: { containers: [{ name: redis, image: 'redis:7-alpine' }] }
EOF
sleep 30
kubectl delete pod cache --now
