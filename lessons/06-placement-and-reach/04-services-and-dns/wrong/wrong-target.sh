# hint: wrong-target
sed -i -e 's/app: ____/app: kiosk/' -e 's/- port: ____/- port: 80/' -e 's/targetPort: ____/targetPort: 80/' kiosk.yaml
kubectl apply -f kiosk.yaml
sleep 5
