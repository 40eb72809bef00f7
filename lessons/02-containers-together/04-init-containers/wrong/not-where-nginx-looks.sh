# hint: not-where-nginx-looks
sed -e 's/^  ____:/  initContainers:/' -e 's#> ____/#> /prepared/#' -e 's/name: ____/name: books/' -e 's#mountPath: ____#mountPath: /prepared#' library.yaml > filled.yaml
kubectl apply -f filled.yaml
sleep 30
