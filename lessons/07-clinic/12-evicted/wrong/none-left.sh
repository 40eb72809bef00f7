# hint: none-left
kubectl scale deployment album --replicas=0
sleep 20
