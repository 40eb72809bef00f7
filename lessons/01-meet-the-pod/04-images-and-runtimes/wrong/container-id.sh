# hint: container-id
kubectl set image pod/menu web=nginx:1.27
sleep 400
kubectl get pod menu -o jsonpath='{.status.containerStatuses[0].containerID}' > answer.txt
