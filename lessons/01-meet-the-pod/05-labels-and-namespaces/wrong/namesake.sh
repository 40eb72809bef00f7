# hint: namesake
kubectl create namespace team-b
kubectl run shop --image=nginx:1.27
