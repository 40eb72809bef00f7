# hint: good-goes-on
kubectl run good --image=nginx:1.27 --restart=Never
sleep 30
