# hint: not-tried
kubectl get deployment oven -o yaml | sed -e "s/trap '' TERM/true/" -e "s/exit 0' INT/exit 0' INT TERM/" > oven.yaml
kubectl apply -f oven.yaml
sleep 30
