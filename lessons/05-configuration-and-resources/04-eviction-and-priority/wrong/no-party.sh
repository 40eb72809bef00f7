# hint: no-party
sed -i 's/____/2000Mi/' diary.yaml
kubectl apply -f diary.yaml
sleep 20
