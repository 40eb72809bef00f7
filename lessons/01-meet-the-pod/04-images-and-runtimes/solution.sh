#!/bin/sh
# exercise: rescue-the-pull
kubectl set image pod/menu web=nginx:1.27
kubectl wait --for=condition=Ready pod/menu --timeout=600s

# exercise: pin-it
cat > pinned.yaml <<'EOF'
apiVersion: v1
kind: Pod
metadata:
  name: pinned
spec:
  containers:
    - name: redis
      image: redis:7
      imagePullPolicy: IfNotPresent
EOF
kubectl apply -f pinned.yaml
kubectl wait --for=condition=Ready pod/pinned --timeout=120s

# exercise: who-runs-it
kubectl get nodes -o jsonpath='{.items[0].status.nodeInfo.containerRuntimeVersion}{"\n"}' > answer.txt
kubectl get pod menu -o jsonpath='{.status.containerStatuses[0].imageID}{"\n"}' >> answer.txt
cat answer.txt

# exercise: by-digest
image=$(kubectl get pod menu -o jsonpath='{.status.containerStatuses[0].imageID}')
cat > exact.yaml <<EOF
apiVersion: v1
kind: Pod
metadata:
  name: exact
spec:
  containers:
    - name: web
      image: $image
EOF
kubectl apply -f exact.yaml
kubectl wait --for=condition=Ready pod/exact --timeout=120s
