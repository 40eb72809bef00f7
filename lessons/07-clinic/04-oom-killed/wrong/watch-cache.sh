# hint: watch-cache
kubectl set env deployment/cache CACHE_MB=200
sleep 15
