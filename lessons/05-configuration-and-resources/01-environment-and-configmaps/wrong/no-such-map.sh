# hint: no-such-map
sed -i -e 's/        name: ____/        name: menus/' -e 's/key: ____/key: dish/' -e 's#mountPath: ____#mountPath: /usr/share/nginx/html#' board.yaml
kubectl apply -f board.yaml
sleep 30
