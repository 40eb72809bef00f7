# hint: written-elsewhere
sed -e 's/^  ____:/  initContainers:/' -e 's#> ____/#> /tmp/#' -e 's/name: ____/name: books/' -e 's#mountPath: ____#mountPath: /usr/share/nginx/html#' library.yaml > filled.yaml
kubectl apply -f filled.yaml
sleep 30
