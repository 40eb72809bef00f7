# hint: encoded-twice
kubectl create secret generic till-key --from-literal=token=$(echo -n 'open sesame' | base64)
