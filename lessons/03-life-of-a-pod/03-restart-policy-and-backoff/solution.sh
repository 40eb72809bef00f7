#!/bin/sh
# exercise: which-policy
sed -i -e '/name: import/,/---/s/____/OnFailure/' -e '/name: guard/,/---/s/____/Always/' -e '/name: letters/,$s/____/Never/' three.yaml
kubectl apply -f three.yaml
kubectl wait --for=jsonpath='{.status.phase}'=Succeeded pod/import --timeout=120s
sleep 30
kubectl get pods

# exercise: out-of-the-loop
kubectl logs api --previous
kubectl create service clusterip settings --tcp=80
kubectl wait --for=condition=Ready pod/api --timeout=400s
sleep 5
kubectl logs api

# exercise: give-up-in-time
cat > lottery.yaml <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: lottery
spec:
  restartPolicy: OnFailure
  activeDeadlineSeconds: 60
  containers:
    - name: main
      image: busybox:1.36
      command: [sh, -c, 'sleep 2; echo "no luck"; exit 1']
YAML
kubectl apply -f lottery.yaml
kubectl wait --for=jsonpath='{.status.phase}'=Failed pod/lottery --timeout=120s
kubectl describe pod lottery | grep -A 2 ^Status
