# exercise: keeper
kubectl run keeper --image=httpd:2.4 --overrides='{"spec":{"affinity":{"nodeAffinity":{"requiredDuringSchedulingIgnoredDuringExecution":{"nodeSelectorTerms":[{"matchExpressions":[{"key":"disk","operator":"In","values":["ssd"]}]}]}}},"containers":[{"name":"keeper","image":"httpd:2.4","resources":{"requests":{"cpu":"0.5"}}}]}}'
sleep 20
# exercise: three-that-wait
kubectl delete pod atlas pearl coral
sed 's/"6"/3500m/' atlas.yaml | kubectl create -f -
kubectl run pearl --image=nginx:1.27 --overrides='{"spec":{"nodeSelector":{"disk":"ssd"}}}'
sed 's/hostPort: 8080/hostPort: 8081/' coral.yaml | kubectl create -f -
sleep 30
# exercise: by-hand
kubectl run hand --image=nginx:1.27 --overrides='{"spec":{"nodeName":"worker-2"}}'
sleep 20
