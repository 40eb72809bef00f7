# hint: image-is-root
sed -i -e 's#image: ____#image: nginx:1.27#' -e 's/runAsNonRoot: ____/runAsNonRoot: true/' -e 's/allowPrivilegeEscalation: ____/allowPrivilegeEscalation: false/' -e 's/drop: \[____\]/drop: [ALL]/' plain.yaml
kubectl apply -f plain.yaml
sleep 30
