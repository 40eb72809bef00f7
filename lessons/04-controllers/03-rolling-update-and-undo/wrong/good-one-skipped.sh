# hint: good-one-skipped
kubectl set image deployment/till web=nginx:1.72
sleep 30
