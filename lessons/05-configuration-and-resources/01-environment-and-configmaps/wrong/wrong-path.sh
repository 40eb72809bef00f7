# hint: not-applied
sed -i -e 's/        name: ____/        name: menu/' -e 's/key: ____/key: dish/' -e 's#mountPath: ____#mountPath: /etc/menu#' board.yaml
# hint: serves
kubectl apply -f board.yaml
# hint: wrong-path
sleep 30
