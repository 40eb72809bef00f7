# hint: waits-for-secret
sed -i -e 's/secretName: ____/secretName: till-key/' -e 's/defaultMode: ____/defaultMode: 0400/' -e 's#mountPath: ____#mountPath: /run/secrets/till#' till.yaml
kubectl apply -f till.yaml
sleep 30
