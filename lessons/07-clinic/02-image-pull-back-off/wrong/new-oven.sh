# hint: new-oven
kubectl get pod oven -o yaml | sed 's/busibox/busybox/' | kubectl replace --force -f -
sleep 40
