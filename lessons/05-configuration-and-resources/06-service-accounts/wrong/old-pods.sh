# hint: old-pods
kubectl patch serviceaccount default -p '{"automountServiceAccountToken":false}'
sleep 20
