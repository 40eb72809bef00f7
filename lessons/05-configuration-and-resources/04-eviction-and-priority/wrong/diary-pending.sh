# hint: diary-pending
sed -i 's/____/6Gi/' diary.yaml
kubectl apply -f diary.yaml
sleep 20
