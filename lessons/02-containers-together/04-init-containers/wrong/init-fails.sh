# hint: as-init
sed -e 's/^  ____:/  initContainers:/' -e 's#> ____/#> /books/#' -e 's/name: ____/name: books/' -e 's#mountPath: ____#mountPath: /usr/share/nginx/html#' library.yaml > filled.yaml
kubectl apply -f filled.yaml
# hint: init-fails
sleep 30
