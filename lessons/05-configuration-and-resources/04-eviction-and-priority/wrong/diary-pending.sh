# hint: diary-pending
sed -i 's/____/6Gi/' diary.yaml
kubectl apply -f diary.yaml
sleep 20
# hint: diary-moved
kubectl delete pod diary
sed -i -e 's/6Gi/100Mi/' -e 's/worker-2/worker-1/' diary.yaml
kubectl apply -f diary.yaml
sleep 20
