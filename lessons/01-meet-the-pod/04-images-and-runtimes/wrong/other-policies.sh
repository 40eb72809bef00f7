# hint: pinned
kubectl run pinned --image=nginx:1.27
# hint: floating-tag
kubectl delete pod pinned --now
kubectl run pinned --image=redis --image-pull-policy=IfNotPresent
# hint: never-pulled
kubectl delete pod pinned --now
kubectl run pinned --image=redis:7 --image-pull-policy=Never
# hint: always-pulled
kubectl delete pod pinned --now
kubectl run pinned --image=redis:7 --image-pull-policy=Always
