# hint: half-a-minute
sed -i 's/port: 8080/port: 80/' sundial.yaml
kubectl apply -f sundial.yaml
sleep 15
