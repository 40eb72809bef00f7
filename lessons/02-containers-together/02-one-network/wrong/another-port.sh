# hint: another-port
sed -i 's/-text=green/-text=green, "-listen=:8080"/' twins.yaml
kubectl replace --force -f twins.yaml
sleep 30
