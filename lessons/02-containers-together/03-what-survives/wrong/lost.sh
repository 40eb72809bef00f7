# hint: survived
sed -e 's/name: ____/name: pages/' -e 's#mountPath: ____#mountPath: /usr/share/nginx/html#' notebook.yaml | kubectl apply -f -
# hint: lost
sleep 20
podlab container kill notebook/web
sleep 20
