# hint: labels-differ
sed -e 's/kind: ____/kind: Deployment/' -e 's/replicas: ____/replicas: 3/' -e 's/app: ____/app: web/' guestbook.yaml > filled.yaml
cp filled.yaml guestbook.yaml
kubectl apply -f guestbook.yaml
