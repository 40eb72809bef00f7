# exercise: rescue-the-pull
kubectl patch pod menu -p '{"spec":{"containers":[{"name":"web","image":"docker.io/library/nginx:1.27"}]}}'
sleep 400
# exercise: pin-it
kubectl run pinned --image=redis:7-alpine --image-pull-policy=IfNotPresent
sleep 60
# exercise: who-runs-it
kubectl get nodes -o wide > answer.txt
kubectl describe pod menu >> answer.txt
# exercise: by-digest
digest=$(kubectl get pod menu -o jsonpath='{.status.containerStatuses[0].imageID}' | cut -d @ -f 2)
kubectl run exact --image="nginx:1.27@$digest"
sleep 60
