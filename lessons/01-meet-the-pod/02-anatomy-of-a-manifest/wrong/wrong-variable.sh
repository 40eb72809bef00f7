# hint: wrong-variable
sed -e 's/restartPolicy: ____/restartPolicy: Never/' -e 's/name: ____/name: NAME/' -e 's/value: ____/value: Podlab/' greeter.yaml > filled.yaml
kubectl apply -f filled.yaml
sleep 60
