# hint: not-a-phase
kubectl get pods --no-headers | awk '{print $1 ": " $3}' > phases.txt
