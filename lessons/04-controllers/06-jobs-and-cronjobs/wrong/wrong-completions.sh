# hint: wrong-completions
kubectl create job parcels --image=busybox:1.36 -- sleep 2
sleep 30
# hint: in-place
kubectl delete job parcels
sed -e 's/kind: ____/kind: Job/' -e 's/completions: ____/completions: 6/' -e 's/parallelism: ____/parallelism: 2/' -e 's/restartPolicy: ____/restartPolicy: OnFailure/' parcels.yaml | kubectl apply -f -
