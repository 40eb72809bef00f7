kubectl create cronjob {{name}} -n {{ns}} --image=busybox:1.36 --schedule='*/{{m}} * * * *' -- echo {{word}}
kubectl patch cronjob {{name}} -n {{ns}} -p '{"spec":{"concurrencyPolicy":"Forbid","successfulJobsHistoryLimit":{{keep}}}}'
kubectl create job {{name}}-now -n {{ns}} --from=cronjob/{{name}}
kubectl wait -n {{ns}} --for=condition=Complete job/{{name}}-now --timeout=120s
