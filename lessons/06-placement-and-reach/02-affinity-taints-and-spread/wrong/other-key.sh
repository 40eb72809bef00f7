# hint: other-key
kubectl scale deployment till --replicas=0
sleep 10
kubectl patch deployment till -p '{"spec":{"replicas":6,"template":{"spec":{"topologySpreadConstraints":[{"maxSkew":1,"topologyKey":"kubernetes.io/hostname","whenUnsatisfiable":"DoNotSchedule","labelSelector":{"matchLabels":{"app":"till"}}}]}}}}'
sleep 40
