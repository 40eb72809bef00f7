# hint: still-the-old
sed -i 's/____/200Mi/' hungry.yaml
kubectl apply -f hungry.yaml
