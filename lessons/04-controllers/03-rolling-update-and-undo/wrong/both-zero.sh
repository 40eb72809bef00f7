# hint: released
sed -i -e 's/maxSurge: ____/maxSurge: 0/' -e 's/maxUnavailable: ____/maxUnavailable: 0/' -e 's/image: ____/image: nginx:1.27/' menu.yaml
kubectl apply -f menu.yaml
sleep 60
