# hint: still-rolling
kubectl patch deployment till -p '{"spec":{"template":{"spec":{"topologySpreadConstraints":[{"maxSkew":1,"topologyKey":"kubernetes.io/hostname","whenUnsatisfiable":"DoNotSchedule","labelSelector":{"matchLabels":{"app":"till"}}}]}}}}'
# hint: other-key
sleep 40
