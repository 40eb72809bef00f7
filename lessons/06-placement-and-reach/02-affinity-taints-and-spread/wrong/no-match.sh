# hint: no-match
sed -i -e '/tolerations/,/affinity/s/key: ____/key: gpu/' -e 's/effect: ____/effect: NoSchedule/' -e 's/key: ____/key: gpu/' trainer.yaml
sed -i 's/\[a100, h100\]/["true"]/' trainer.yaml
kubectl apply -f trainer.yaml
sleep 20
