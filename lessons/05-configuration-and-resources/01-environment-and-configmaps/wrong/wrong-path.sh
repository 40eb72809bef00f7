# hint: wrong-path
sed -i -e 's/        name: ____/        name: menu/' -e 's/key: ____/key: dish/' -e 's#mountPath: ____#mountPath: /usr/share/nginx/html#' board.yaml
sed -i 's#/usr/share/nginx/html#/etc/menu#' board.yaml
kubectl apply -f board.yaml
sleep 30
