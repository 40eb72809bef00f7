# hint: too-lenient
sed -i 's/livenessProbe:/livenessProbe:\n        failureThreshold: 30/' archive.yaml
kubectl replace --force -f archive.yaml
sleep 150
