# exercise: without-a-gap
kubectl patch deployment menu -p '{"spec":{"strategy":{"rollingUpdate":{"maxSurge":"100%","maxUnavailable":0}}}}'
kubectl set image deployment/menu web=nginx:1.27-alpine
sleep 90
# exercise: two-back
kubectl set image deployment/till '*=nginx:1.27'
sleep 60
kubectl set image deployment/till '*=nginx:1.72'
sleep 700
kubectl set image deployment/till '*=nginx:1.26'
sleep 60
# exercise: never-two-at-once
kubectl create deployment ledger --image=httpd:2.4 --dry-run=client -o json > l.json
sed -i 's/"strategy": {}/"strategy": {"type": "Recreate"}/' l.json
kubectl create -f l.json
sleep 60
kubectl set env deployment/ledger VERSION=2
sleep 60
