#!/bin/sh
# exercise: chart
kubectl describe pods -l app=gallery | grep -E '^  (web|thumbs):|Reason|memory'
kubectl describe pods -l app=porter | grep -E 'Reason|Killing'
sed -i -e 's/gets killed: ____/gets killed: thumbs/' -e 's/limit: ____/limit: 100Mi/' -e 's/probe? ____/probe? probe/' chart.txt

# exercise: cure
kubectl set resources deployment/gallery -c thumbs --limits=memory=200Mi
kubectl rollout status deployment/gallery --timeout=120s
sleep 40

# exercise: cache
kubectl set env deployment/cache CACHE_MB=200
kubectl rollout status deployment/cache --timeout=120s
sleep 40
