# exercise: chart
cat > chart.txt <<TXT
1 kiosk: tier
2 kiosk: tier=front
3 kiosk: tier=frontend
TXT
# exercise: cure
kubectl patch deployment kiosk -p '{"spec":{"template":{"metadata":{"labels":{"tier":"front"}}}}}'
kubectl rollout status deployment/kiosk --timeout=120s
sleep 60
# exercise: soup
kubectl get deployment soup-taster -o yaml | sed -e '/resourceVersion:/d' -e '/uid:/d' -e 's/app: soup$/app: taster/' > taster.yaml
kubectl delete deployment soup-taster
kubectl apply -f taster.yaml
kubectl wait --for=condition=Available deployment/soup-taster --timeout=60s
sleep 60
