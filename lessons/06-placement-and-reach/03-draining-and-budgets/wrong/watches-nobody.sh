# hint: watches-nobody
sed -i -e 's/minAvailable: ____/minAvailable: 2/' -e 's/app: ____/app: Login/' budget.yaml
kubectl apply -f budget.yaml
sleep 5
