# hint: no-such-key
sed -i -e 's/        name: ____/        name: menu/' -e 's/key: ____/key: dish/' -e 's#mountPath: ____#mountPath: /usr/share/nginx/html#' board.yaml
sed -i 's/key: dish/key: DISH/' board.yaml
kubectl apply -f board.yaml
sleep 30
