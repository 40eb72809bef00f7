# hint: not-restarted
kubectl patch configmap prices -p '{"data":{"PRICE":"15"}}'
sleep 120
