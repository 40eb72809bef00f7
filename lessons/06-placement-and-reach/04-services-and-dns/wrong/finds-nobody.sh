# hint: finds-nobody
sed -i -e 's/app: ____/app: kiosk/' -e 's/- port: ____/- port: 80/' -e 's/targetPort: ____/targetPort: web/' kiosk.yaml
sed -i 's/app: kiosk/app: web/' kiosk.yaml
kubectl apply -f kiosk.yaml
sleep 5
