# hint: nothing-yet
kubectl get pods -l tier=front,env=prod
# hint: both
kubectl get pods -l app=shop,tier=front,env=prod -o name > answer.txt
