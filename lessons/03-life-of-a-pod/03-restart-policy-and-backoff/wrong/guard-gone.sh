# hint: import
sed -i 's/____/OnFailure/' three.yaml
# hint: import-not-yet
kubectl apply -f three.yaml
# hint: sent-twice
sleep 30
# hint: guard-gone
sleep 30
