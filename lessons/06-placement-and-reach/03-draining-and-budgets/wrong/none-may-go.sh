# hint: none-may-go
sed -i -e 's/minAvailable: ____/minAvailable: 3/' -e 's/app: ____/app: login/' budget.yaml
kubectl apply -f budget.yaml
sleep 5
