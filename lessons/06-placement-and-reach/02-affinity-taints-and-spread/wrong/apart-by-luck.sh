# hint: three
kubectl create deployment guard --image=nginx:1.27 --replicas=3
# hint: apart-by-luck
sleep 40
# hint: one-too-many
kubectl patch deployment guard -p '{"spec":{"replicas":4,"strategy":{"type":"Recreate","rollingUpdate":null},"template":{"spec":{"affinity":{"podAntiAffinity":{"requiredDuringSchedulingIgnoredDuringExecution":[{"topologyKey":"kubernetes.io/hostname","labelSelector":{"matchLabels":{"app":"guard"}}}]}}}}}}'
sleep 40
