#!/bin/sh
# exercise: repair
cat > broken.yaml <<'EOF'
apiVersion: v1
kind: Pod
metadata:
  name: repaired
spec:
  containers:
    - name: web
      image: nginx:1.27
EOF
kubectl apply -f broken.yaml
kubectl wait --for=condition=Ready pod/repaired --timeout=120s

# exercise: complete
sed -e 's/restartPolicy: ____/restartPolicy: Never/' -e 's/name: ____/name: WHO/' -e 's/value: ____/value: Podlab/' greeter.yaml > filled.yaml
kubectl apply -f filled.yaml
kubectl wait --for=jsonpath='{.status.phase}'=Succeeded pod/greeter --timeout=120s
kubectl logs greeter

# exercise: from-scratch
kubectl run timer --image=busybox:1.36 --dry-run=client -o yaml -- sleep 3600 > timer.yaml
kubectl apply -f timer.yaml
kubectl wait --for=condition=Ready pod/timer --timeout=120s
sed 's/run: timer/run: timer\n    tier: test/' timer.yaml > labelled.yaml
kubectl apply -f labelled.yaml
