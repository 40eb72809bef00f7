# hint: floating-tag
kubectl run pinned --image=redis --image-pull-policy=IfNotPresent
sleep 60
