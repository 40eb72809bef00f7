# exercise: chart
cat > chart.txt <<TXT
1 album: cache, 4Mi
2 guestbook: memory
3 guestbook: 64 Mi
TXT
# exercise: album
kubectl get deployment album -o yaml | sed 's/head -c 400000/head -c 20000/' > album.yaml
kubectl apply -f album.yaml
sleep 200
kubectl delete pods --field-selector=status.phase=Failed
# exercise: guestbook
kubectl patch deployment importer -p '{"spec":{"template":{"spec":{"nodeSelector":{"kubernetes.io/hostname":"worker-1"}}}}}'
sleep 720
