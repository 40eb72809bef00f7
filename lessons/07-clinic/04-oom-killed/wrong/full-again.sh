# hint: full-again
kubectl set env deployment/cache CACHE_MB=256
sleep 60
