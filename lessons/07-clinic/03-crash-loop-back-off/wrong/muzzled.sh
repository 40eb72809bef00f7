# hint: muzzled
kubectl patch deployment barometer -p '{"spec":{"template":{"spec":{"containers":[{"name":"main","command":["serve"]}]}}}}'
sleep 40
