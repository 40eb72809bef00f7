# hint: written-in
kubectl patch configmap prices -p '{"data":{"PRICE":"15"}}'
kubectl set env deployment/tag PRICE=15
sleep 120
