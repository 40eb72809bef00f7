# hint: refused
sed -i -e 's/kind: ____/kind: Job/' -e 's/completions: ____/completions: 6/' -e 's/parallelism: ____/parallelism: 2/' -e 's/restartPolicy: ____/restartPolicy: Always/' parcels.yaml
kubectl apply -f parcels.yaml
