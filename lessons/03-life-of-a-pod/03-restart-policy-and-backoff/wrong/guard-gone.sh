# hint: guard-gone
sed 's/____/OnFailure/' three.yaml > filled.yaml
kubectl apply -f filled.yaml
sleep 60
