#!/bin/sh
# exercise: chart
kubectl exec deployment/courier -- id -u
kubectl exec deployment/courier -- ls -lL /keys
sed -i -e 's/1 courier: ____/1 courier: 1000/' -e 's/2 courier: ____/2 courier: root/' -e 's/3 courier: ____/3 courier: 0400/' chart.txt

# exercise: cure
kubectl patch deployment courier -p '{"spec":{"template":{"spec":{"securityContext":{"fsGroup":1000}}}}}'
kubectl rollout status deployment/courier --timeout=120s
sleep 40

# exercise: night
kubectl patch role night-shift --type=json -p '[{"op":"replace","path":"/rules/0/apiGroups","value":["apps"]}]'
sh night.sh
kubectl rollout status deployment/oven --timeout=60s
