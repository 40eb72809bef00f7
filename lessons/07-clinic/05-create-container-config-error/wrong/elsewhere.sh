# hint: elsewhere
kubectl create configmap poster --from-literal=TEXT="welcome"
sleep 20
