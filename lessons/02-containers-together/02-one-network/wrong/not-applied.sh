# hint: not-applied
sed -i 's/-text=green/-text=green, "-listen=:5679"/' twins.yaml
kubectl apply -f twins.yaml
sleep 30
