# hint: still-starting
sed -i 's/livenessProbe:/livenessProbe:\n        initialDelaySeconds: 20/' archive.yaml
kubectl replace --force -f archive.yaml
# hint: not-patient-enough
sleep 150
