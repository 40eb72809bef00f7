# hint: newline
echo 'open sesame' > token
kubectl create secret generic till-key --from-file=token
# hint: opened
sed -i -e 's/secretName: ____/secretName: till-key/' -e 's/defaultMode: ____/defaultMode: 0400/' -e 's#mountPath: ____#mountPath: /run/secrets/till#' till.yaml
# hint: wrong-token
kubectl apply -f till.yaml
sleep 30
