# hint: other-schedule
kubectl create cronjob pulse --image=busybox:1.36 --schedule='1 * * * *' -- echo tick
sleep 200
