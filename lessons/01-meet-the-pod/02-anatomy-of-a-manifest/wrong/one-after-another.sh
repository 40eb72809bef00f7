# hint: kind-case
kubectl apply -f broken.yaml
# hint: name-characters
sed -i 's/kind: pod/kind: Pod/' broken.yaml
kubectl apply -f broken.yaml
# hint: not-a-list
sed -i 's/Repaired_Pod/repaired/' broken.yaml
kubectl apply -f broken.yaml
# hint: accepted
sed -i -e 's/^    name: web/    - name: web/' -e 's/^    image:/      image:/' broken.yaml
