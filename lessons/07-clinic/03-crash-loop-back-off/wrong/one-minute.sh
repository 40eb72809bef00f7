# hint: one-minute
sed -i 's/done &/done/' cuckoo.yaml
kubectl apply -f cuckoo.yaml
sleep 20
