# hint: other-name
kubectl run hallo --image=nginx:1.27
