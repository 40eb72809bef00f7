# hint: watches-login
sed -i -e 's/minAvailable: ____/minAvailable: 3/' -e 's/app: ____/app: login/' budget.yaml
# hint: none-may-go
kubectl apply -f budget.yaml
sleep 5
# hint: too-many-may-go
kubectl patch pdb login -p '{"spec":{"minAvailable":1}}'
sleep 5
