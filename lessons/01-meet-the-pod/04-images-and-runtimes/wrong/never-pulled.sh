# hint: never-pulled
kubectl run pinned --image=redis:7 --image-pull-policy=Never
sleep 60
