# hint: blanks-left
kubectl delete pod hungry --now
# hint: does-not-fit
sed 's/____/64Gi/' hungry.yaml | kubectl apply -f -
# hint: alive
kubectl delete pod hungry --now
sed -i 's/____/120Mi/' hungry.yaml
# hint: oom-again
kubectl apply -f hungry.yaml
sleep 60
