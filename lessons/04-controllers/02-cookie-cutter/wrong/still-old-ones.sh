# hint: still-old-ones
sed -i 's/____/nginx:1.27/' biscuit.yaml
kubectl apply -f biscuit.yaml
sleep 60
