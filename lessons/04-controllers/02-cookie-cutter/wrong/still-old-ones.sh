# hint: cutter
sed -i 's/____/nginx:1.27/' biscuit.yaml
# hint: still-old-ones
kubectl apply -f biscuit.yaml
