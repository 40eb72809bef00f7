# hint: swapped
sed -i 's/-text=blue/-text=blue, "-listen=:5679"/' twins.yaml
kubectl replace --force -f twins.yaml
sleep 30
