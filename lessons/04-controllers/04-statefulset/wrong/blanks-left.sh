# hint: blanks-left
kubectl apply -f shard.yaml
