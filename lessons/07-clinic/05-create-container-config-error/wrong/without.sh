# hint: without
kubectl patch deployment billing -p '{"spec":{"template":{"spec":{"containers":[{"name":"main","env":[{"name":"DB_PASSWORD","valueFrom":{"secretKeyRef":{"name":"db","key":"password","optional":true}}}]}]}}}}'
sleep 40
