# hint: wrong-namespace
kubectl create namespace team-b
kubectl run shop-1b --image=nginx:1.27
sleep 30
