# hint: wrong-port
sed -i -e 's/app: ____/app: kiosk/' -e 's/- port: ____/- port: 80/' -e 's/targetPort: ____/targetPort: web/' kiosk.yaml
sed -i 's/- port: 80/- port: 8080/' kiosk.yaml
kubectl apply -f kiosk.yaml
sleep 5
