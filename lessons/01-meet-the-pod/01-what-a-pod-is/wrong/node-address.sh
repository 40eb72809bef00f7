# hint: node-address
kubectl run web --image=nginx:1.27
sleep 30
kubectl get pod web -o jsonpath='{.status.hostIP}' > answer.txt
# hint: address
echo 10.244.1.99 > answer.txt
