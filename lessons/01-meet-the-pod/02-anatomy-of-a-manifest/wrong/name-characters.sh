# hint: name-characters
sed 's/kind: pod/kind: Pod/' broken.yaml > fixed.yaml
cp fixed.yaml broken.yaml
kubectl apply -f broken.yaml
