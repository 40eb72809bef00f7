# hint: counts-nobody
kubectl scale deployment till --replicas=0
sleep 10
kubectl patch deployment till -p '{"spec":{"replicas":6,"template":{"spec":{"topologySpreadConstraints":[{"maxSkew":1,"topologyKey":"topology.kubernetes.io/zone","whenUnsatisfiable":"DoNotSchedule","labelSelector":{"matchLabels":{"app":"shop"}}}]}}}}'
sleep 40
