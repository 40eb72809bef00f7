# exercise: repair
kubectl run repaired --image=nginx:1.27
sleep 30
# exercise: complete
kubectl run greeter --image=busybox:1.36 --restart=OnFailure -- echo 'hello, Podlab'
sleep 30
# exercise: from-scratch
kubectl run timer --image=busybox:1.36
sleep 30
kubectl delete pod timer --now
kubectl run timer --image=busybox:1.36 -- sh -c 'while true; do sleep 60; done'
sleep 30
kubectl label pod timer tier=test
