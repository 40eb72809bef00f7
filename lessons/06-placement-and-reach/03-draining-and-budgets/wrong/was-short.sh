# hint: was-short
kubectl drain worker-1 --ignore-daemonsets --delete-emptydir-data --force
sleep 20
