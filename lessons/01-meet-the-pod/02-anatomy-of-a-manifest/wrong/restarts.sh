# hint: restarts
sed -e 's/restartPolicy: ____/restartPolicy: Always/' -e 's/name: ____/name: WHO/' -e 's/value: ____/value: Podlab/' greeter.yaml > filled.yaml
kubectl apply -f filled.yaml
sleep 60
