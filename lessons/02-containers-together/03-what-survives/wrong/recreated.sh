# hint: recreated
kubectl run notebook --image=nginx:1.27
sleep 30
kubectl delete pod notebook --now
kubectl run notebook --image=nginx:1.27
sleep 30
