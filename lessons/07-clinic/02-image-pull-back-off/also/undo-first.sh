# exercise: chart
cat > chart.txt <<TXT
bistro: the tag, there is no 2.0.1
kettle: the registry
oven: Repository
TXT
# exercise: cure
kubectl rollout undo deployment/bistro
sleep 20
sed -i 's/bistro:2/bistro:v2/' bistro.yaml
kubectl apply -f bistro.yaml
sleep 90
# exercise: oven
kubectl patch pod oven -p '{"spec":{"initContainers":[{"name":"preheat","image":"docker.io/library/busybox:1.36"}]}}'
sleep 40
