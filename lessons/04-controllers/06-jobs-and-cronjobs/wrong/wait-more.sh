# hint: wait-more
kubectl create cronjob pulse --image=busybox:1.36 --schedule='* * * * *' -- date
kubectl create job --from=cronjob/pulse by-hand
kubectl create job --from=cronjob/pulse by-hand-2
sleep 20
# hint: suspended
kubectl patch cronjob pulse -p '{"spec":{"suspend":true}}'
