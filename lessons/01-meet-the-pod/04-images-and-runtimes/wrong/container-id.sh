# hint: container-id
kubectl set image pod/menu web=nginx:1.27
sleep 400
kubectl get pod menu -o jsonpath='{.status.containerStatuses[0].containerID}' > answer.txt
# hint: same-content
kubectl get pod menu
# hint: no-such-content
number=$(kubectl get pod menu -o jsonpath='{.status.containerStatuses[0].containerID}' | cut -d / -f 3)
kubectl run exact --image="nginx@sha256:$number"
sleep 30
# hint: other-content
kubectl set image pod/exact exact=nginx:1.26
sleep 60
# hint: only-a-tag
kubectl set image pod/exact exact=nginx:1.27
sleep 60
