# hint: wrong-port
sed -e 's/kind: ____/kind: Pod/' -e 's/name: ____/name: hello/' -e 's/image: ____/image: nginx:1.27/' -e 's/containerPort: ____/containerPort: 8080/' hello.yaml > filled.yaml
kubectl apply -f filled.yaml
sleep 20
