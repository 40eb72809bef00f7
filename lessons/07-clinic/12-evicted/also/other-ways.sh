# exercise: chart
cat > chart.txt <<TXT
album went over the limit of its volume cache, 4Mi
guestbook left because the node was low on memory
guestbook had requested 0
TXT
# exercise: album
kubectl get deployment album -o yaml | sed 's/head -c 400000/head -c 20000/' > album.yaml
kubectl apply -f album.yaml
sleep 200
kubectl delete pods --field-selector=status.phase=Failed
# exercise: guestbook
kubectl patch deployment importer -p '{"spec":{"template":{"spec":{"nodeSelector":{"kubernetes.io/hostname":"worker-1"}}}}}'
sleep 720
