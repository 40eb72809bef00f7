# hint: a-configmap
kubectl create configmap till-key --from-literal=token='open sesame'
