# hint: still-failed
kubectl set env job/report MONTH=December
sleep 60
