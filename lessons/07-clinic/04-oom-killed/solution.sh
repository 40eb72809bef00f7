#!/bin/sh
# exercise: chart
kubectl describe pods -l app=gallery | grep -E '^  (web|thumbs):|Reason|memory'
kubectl describe pods -l app=porter | grep -E 'Reason|Killing'
sed -i -e 's/1 gallery: ____/1 gallery: thumbs/' -e 's/2 gallery: ____/2 gallery: 100Mi/' -e 's/3 porter: ____/3 porter: probe/' chart.txt

# exercise: cure
kubectl set resources deployment/gallery -c thumbs --limits=memory=200Mi
kubectl rollout status deployment/gallery --timeout=120s
sleep 40

# exercise: cache
kubectl set env deployment/cache CACHE_MB=200
kubectl rollout status deployment/cache --timeout=120s
sleep 40
