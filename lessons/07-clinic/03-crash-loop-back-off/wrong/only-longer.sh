# hint: only-longer
sed -i 's/periodSeconds: 5/periodSeconds: 60/' sundial.yaml
kubectl apply -f sundial.yaml
sleep 240
