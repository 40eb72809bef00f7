# hint: nothing-there
kubectl create secret generic till-key --from-literal=token='open sesame'
sed -i -e 's/secretName: ____/secretName: till-key/' -e 's/defaultMode: ____/defaultMode: 0400/' -e 's#mountPath: ____#mountPath: /run/secrets/key#' till.yaml
kubectl apply -f till.yaml
sleep 30
