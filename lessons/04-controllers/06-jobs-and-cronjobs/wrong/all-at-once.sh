# hint: all-six
sed -i -e 's/kind: ____/kind: Job/' -e 's/completions: ____/completions: 6/' -e 's/parallelism: ____/parallelism: 6/' -e 's/restartPolicy: ____/restartPolicy: Never/' parcels.yaml
kubectl apply -f parcels.yaml
# hint: all-at-once
sleep 60
