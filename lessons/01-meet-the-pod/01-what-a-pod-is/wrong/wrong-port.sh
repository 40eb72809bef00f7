# hint: applied
sed -i -e 's/kind: ____/kind: Pod/' -e 's/name: ____/name: hello/' -e 's/image: ____/image: nginx:1.27/' -e 's/containerPort: ____/containerPort: 8080/' hello.yaml
# hint: wrong-port
kubectl apply -f hello.yaml
