# hint: wrong-version
kubectl get nodes > answer.txt
