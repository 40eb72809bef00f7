#!/bin/sh
# exercise: chart
kubectl get events --field-selector reason=Evicted
sed -i -e 's/1 album: ____/1 album: cache/' -e 's/2 guestbook: ____/2 guestbook: memory/' -e 's/3 guestbook: ____/3 guestbook: 64Mi/' chart.txt

# exercise: album
kubectl set env deployment/album KEEP=5
kubectl rollout status deployment/album --timeout=90s
sleep 180
kubectl delete pods -l app=album --field-selector=status.phase=Failed

# exercise: guestbook
kubectl patch deployment importer -p '{"spec":{"template":{"spec":{"nodeSelector":null}}}}'
kubectl set resources deployment guestbook --requests=memory=2000Mi
sleep 720
kubectl get pods -o wide
