# hint: wrong-mount
sed -e 's/restartPolicy: ____/restartPolicy: Always/' -e 's/^      ____:/      initContainers:/' -e 's#____#/out#' invoices.yaml > filled.yaml
kubectl apply -f filled.yaml
sleep 60
