# hint: never-ends
sed -e '/restartPolicy: ____/d' -e 's/^      ____:/      initContainers:/' -e 's#____#/logs#' invoices.yaml > filled.yaml
kubectl apply -f filled.yaml
sleep 60
