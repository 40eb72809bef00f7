# hint: one-less
kubectl delete pod twins --now
kubectl run twins --image=hashicorp/http-echo:1.0 -- -text=blue
sleep 30
