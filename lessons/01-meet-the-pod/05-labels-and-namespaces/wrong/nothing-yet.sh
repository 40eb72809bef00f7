# hint: nothing-yet
kubectl get pods -l tier=front,env=prod
