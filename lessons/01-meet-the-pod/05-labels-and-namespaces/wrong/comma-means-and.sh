# hint: comma-means-and
kubectl get pods -l tier=front > answer.txt
kubectl get pods -l env=prod >> answer.txt
