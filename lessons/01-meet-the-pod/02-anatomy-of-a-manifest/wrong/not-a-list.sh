# hint: not-a-list
sed -e 's/kind: pod/kind: Pod/' -e 's/Repaired_Pod/repaired/' broken.yaml > fixed.yaml
cp fixed.yaml broken.yaml
kubectl apply -f broken.yaml
