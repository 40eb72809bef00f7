# exercise: chart
cat > chart.txt <<TXT
courier
the program runs as user 1000
the key belongs to user 0
its mode -r--------
TXT
# exercise: cure
kubectl get deployment courier -o yaml | sed -e 's/defaultMode: 256/defaultMode: 288/' -e 's/runAsGroup: 1000/fsGroup: 2000/' > courier.yaml
kubectl apply -f courier.yaml
sleep 60
# exercise: night
kubectl create role restarter --verb=get,patch --resource=deployments.apps
kubectl create rolebinding restarter --role=restarter --serviceaccount=default:night-shift
sh night.sh
sleep 20
