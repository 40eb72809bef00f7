# hint: still-cordoned
kubectl create deployment solo --image=nginx:1.27
sleep 20
kubectl drain worker-1 --ignore-daemonsets --force
sleep 30
