# hint: on-ssd
sed -i -e 's#____: ____#kubernetes.io/hostname: worker-3#' -e 's/cpu: ____/cpu: 500m/' keeper.yaml
# hint: by-luck
kubectl apply -f keeper.yaml
sleep 20
