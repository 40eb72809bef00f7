# hint: closed
kubectl delete deployment bistro
sed -i 's/bistro:2/bistro:v2/' bistro.yaml
kubectl apply -f bistro.yaml
sleep 60
