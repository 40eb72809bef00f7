# hint: no-such-key
sed -i -e 's/        name: ____/        name: menu/' -e 's/key: ____/key: DISH/' -e 's#mountPath: ____#mountPath: /usr/share/nginx/html#' board.yaml
kubectl apply -f board.yaml
sleep 30
