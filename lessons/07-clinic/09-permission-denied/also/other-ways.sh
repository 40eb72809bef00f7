# exercise: chart
cat > chart.txt <<TXT
1 courier: 1000
2 courier: 0
3 courier: -r--------
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
