# hint: encoded-twice
kubectl create secret generic till-key --from-literal=token=$(echo -n 'open sesame' | base64)
# hint: other-key
kubectl delete secret till-key
kubectl create secret generic till-key --from-literal=password='open sesame'
