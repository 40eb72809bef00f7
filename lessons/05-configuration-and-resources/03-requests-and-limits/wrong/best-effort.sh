# hint: best-effort
kubectl run vault --image=nginx:1.27
sleep 30
