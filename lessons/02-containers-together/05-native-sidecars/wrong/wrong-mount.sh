# hint: complete
sed -e 's/restartPolicy: ____/restartPolicy: Always/' -e 's/^      ____:/      initContainers:/' -e 's#____#/out#' invoices.yaml > filled.yaml
kubectl apply -f filled.yaml
# hint: wrong-mount
sleep 60
