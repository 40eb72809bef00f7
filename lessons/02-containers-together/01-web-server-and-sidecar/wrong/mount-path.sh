# hint: not-applied
sed -i -e 's/____: {}/emptyDir: {}/' -e 's/name: ____/name: prices/' -e 's#mountPath: ____#mountPath: /out#' shop.yaml
# hint: two-ready
kubectl apply -f shop.yaml
# hint: mount-path
kubectl wait --for=condition=Ready pod/shop --timeout=60s
# hint: not-emptydir
sed -i 's#emptyDir: {}#hostPath: { path: /tmp }#' shop.yaml
kubectl replace --force -f shop.yaml
