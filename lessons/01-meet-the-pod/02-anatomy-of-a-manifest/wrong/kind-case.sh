# hint: kind-case
kubectl apply -f broken.yaml
