# hint: work-goes-on
kubectl create deployment solo --image=nginx:1.27
# hint: still-cordoned
sleep 20
kubectl drain worker-1 --ignore-daemonsets --force
