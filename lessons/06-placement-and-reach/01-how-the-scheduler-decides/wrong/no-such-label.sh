# hint: no-such-label
sed -i -e 's/____: ____/disk: SSD/' -e 's/cpu: ____/cpu: 500m/' keeper.yaml
kubectl apply -f keeper.yaml
sleep 20
