# hint: only-a-wish
kubectl scale deployment till --replicas=0
sleep 10
kubectl patch deployment till -p '{"spec":{"replicas":6,"template":{"spec":{"topologySpreadConstraints":[{"maxSkew":1,"topologyKey":"topology.kubernetes.io/zone","whenUnsatisfiable":"ScheduleAnyway","labelSelector":{"matchLabels":{"app":"till"}}}]}}}}'
sleep 40
