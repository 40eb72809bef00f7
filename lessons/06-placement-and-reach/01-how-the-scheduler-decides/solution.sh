#!/bin/sh
# exercise: keeper
sed -i -e 's/____: ____/disk: ssd/' -e 's/cpu: ____/cpu: 500m/' keeper.yaml
kubectl apply -f keeper.yaml
kubectl wait --for=condition=Ready pod/keeper --timeout=60s

# exercise: three-that-wait
kubectl describe pods atlas pearl coral | grep FailedScheduling
sed -i 's/cpu: "6"/cpu: "1"/' atlas.yaml
kubectl replace --force -f atlas.yaml
kubectl label node worker-1 disk=nvme
sed -i '/hostPort/d' coral.yaml
kubectl replace --force -f coral.yaml
kubectl wait --for=condition=Ready pod/atlas pod/pearl pod/coral --timeout=60s

# exercise: by-hand
cat > hand.yaml <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: hand
spec:
  nodeName: worker-2
  containers:
    - name: web
      image: nginx:1.27
YAML
kubectl apply -f hand.yaml
kubectl wait --for=condition=Ready pod/hand --timeout=60s
