# hint: not-applied
sed -i -e 's#image: ____#image: nginxinc/nginx-unprivileged:1.27#' -e 's/runAsNonRoot: ____/runAsNonRoot: false/' -e 's/allowPrivilegeEscalation: ____/allowPrivilegeEscalation: false/' -e 's/drop: \[____\]/drop: [ALL]/' plain.yaml
# hint: serves
kubectl apply -f plain.yaml
# hint: only-by-luck
sleep 30
