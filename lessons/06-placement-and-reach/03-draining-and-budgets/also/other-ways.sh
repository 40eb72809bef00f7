# exercise: budget
kubectl create poddisruptionbudget careful --selector='app in (login)' --max-unavailable=1
sleep 5
# exercise: drain
kubectl delete pod scratch
kubectl drain worker-1 --ignore-daemonsets
sleep 30
# exercise: blocked
kubectl cordon worker-2
kubectl rollout restart deployment/vault
kubectl rollout status deployment/vault
sleep 30
