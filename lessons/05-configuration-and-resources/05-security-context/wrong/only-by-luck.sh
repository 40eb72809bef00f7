# hint: only-by-luck
sed -i -e 's#image: ____#image: nginxinc/nginx-unprivileged:1.27#' -e 's/runAsNonRoot: ____/runAsNonRoot: true/' -e 's/allowPrivilegeEscalation: ____/allowPrivilegeEscalation: false/' -e 's/drop: \[____\]/drop: [ALL]/' plain.yaml
sed -i -e 's/runAsNonRoot: true/runAsNonRoot: false/' plain.yaml
kubectl apply -f plain.yaml
sleep 30
