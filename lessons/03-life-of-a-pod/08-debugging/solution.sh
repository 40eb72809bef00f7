#!/bin/sh
# exercise: three-findings
kubectl describe pod courier | grep -A 2 'Last State'
kubectl logs courier --previous
kubectl events --for pod/window
sed -i -e 's/exit code ____/exit code 3/' -e 's#the file ____#the file /data/addresses#' -e 's/status code ____/status code 404/' casefile.txt

# exercise: look-into-the-sealed
kubectl debug sealed --image=busybox:1.36 --target=api --profile=general -it -- netstat -tln
sed -i 's/listens on ____/listens on 127.0.0.1:8080/' casefile.txt

# exercise: first-aid
kubectl exec window -- touch /usr/share/nginx/html/health
kubectl wait --for=condition=Ready pod/window --timeout=60s
