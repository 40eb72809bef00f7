# hint: sent-twice
sed 's/____/OnFailure/' three.yaml > filled.yaml
kubectl apply -f filled.yaml
sleep 60
