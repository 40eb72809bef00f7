# hint: wrong-port
sed -i -e 's/app: ____/app: kiosk/' -e 's/- port: ____/- port: 8080/' -e 's/targetPort: ____/targetPort: web/' kiosk.yaml
kubectl apply -f kiosk.yaml
sleep 5
# hint: found
kubectl scale deployment kiosk --replicas=1
sleep 5
