# exercise: two-at-a-time
sed -e 's/kind: ____/kind: Job/' -e 's/completions: ____/completions: 6/' -e 's/parallelism: ____/parallelism: 6/' -e 's/restartPolicy: ____/restartPolicy: Never/' parcels.yaml | kubectl apply -f -
sleep 30
kubectl delete job parcels
kubectl create -f - <<'YAML'
apiVersion: batch/v1
kind: Job
metadata: { name: parcels }
spec:
  completions: 6
  parallelism: 2
  template:
    spec: { restartPolicy: Never, containers: [{ name: p, image: 'busybox:1.36', command: [sleep, '3'] }] }
YAML
sleep 60
# exercise: failed-report
kubectl get job report -o yaml | sed -e '/controller-uid/d' > old.yaml
sed -i 's/          image: busybox/          env: [{ name: MONTH, value: January }]\n          image: busybox/' report.yaml
kubectl replace --force -f report.yaml
sleep 60
# exercise: pulse
kubectl create cronjob pulse --image=busybox:1.36 --schedule='*/1 * * * *' -- echo tick
kubectl patch cronjob pulse -p '{"spec":{"concurrencyPolicy":"Forbid"}}'
sleep 200
