# hint: never-ends
kubectl create cronjob pulse --image=busybox:1.36 --schedule='* * * * *' -- sh -c 'while true; do date; sleep 60; done'
kubectl patch cronjob pulse -p '{"spec":{"concurrencyPolicy":"Forbid"}}'
sleep 400
