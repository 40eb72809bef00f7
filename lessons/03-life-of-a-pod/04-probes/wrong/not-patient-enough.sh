# hint: not-patient-enough
sed -i 's/livenessProbe:/livenessProbe:\n        initialDelaySeconds: 20/' archive.yaml
kubectl replace --force -f archive.yaml
sleep 150
