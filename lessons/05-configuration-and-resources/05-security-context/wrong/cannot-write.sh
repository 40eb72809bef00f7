# hint: cannot-write
sed -i -e 's#image: ____#image: nginxinc/nginx-unprivileged:1.27#' -e 's/runAsNonRoot: ____/runAsNonRoot: true/' -e 's/allowPrivilegeEscalation: ____/allowPrivilegeEscalation: false/' -e 's/drop: \[____\]/drop: [ALL]/' plain.yaml
sed -i -e 's#nginxinc/nginx-unprivileged:1.27#nginx:1.27#' -e 's/runAsNonRoot: true/runAsUser: 101/' plain.yaml
kubectl apply -f plain.yaml
sleep 30
