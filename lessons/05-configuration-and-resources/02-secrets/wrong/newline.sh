# hint: newline
echo 'open sesame' > token
kubectl create secret generic till-key --from-file=token
