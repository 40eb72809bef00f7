#!/bin/sh
# exercise: three-findings
kubectl describe pod courier | grep -A 2 'Last State'
kubectl logs courier --previous
kubectl events --for pod/window
sed -i -e 's/1 courier: ____/1 courier: 3/' -e 's#2 courier: ____#2 courier: /data/addresses#' -e 's/3 window: ____/3 window: 404/' casefile.txt

# exercise: look-into-the-sealed
kubectl debug sealed --image=busybox:1.36 --target=api --profile=general -it -- netstat -tln
sed -i 's/4 sealed: ____/4 sealed: 127.0.0.1:8080/' casefile.txt

# exercise: first-aid
kubectl exec window -- touch /usr/share/nginx/html/health
kubectl wait --for=condition=Ready pod/window --timeout=60s
