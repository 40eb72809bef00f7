# hint: said
sed -i -e 's/restartPolicy: ____/restartPolicy: Always/' -e 's/name: ____/name: WHO/' -e 's/value: ____/value: Podlab/' greeter.yaml
# hint: restarts
kubectl apply -f greeter.yaml
sleep 60
