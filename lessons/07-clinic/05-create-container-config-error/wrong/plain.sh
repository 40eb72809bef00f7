# hint: plain
kubectl set env deployment/billing DB_PASSWORD=s3cret
sleep 40
