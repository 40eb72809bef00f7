# hint: more-soup
kubectl scale deployment soup --replicas=10
sleep 40
