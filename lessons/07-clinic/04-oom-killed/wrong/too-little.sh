# hint: too-little
kubectl set env deployment/cache CACHE_MB=20
sleep 60
