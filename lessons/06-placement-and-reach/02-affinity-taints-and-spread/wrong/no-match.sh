# hint: on-gpu
sed -i -e '/tolerations/,/affinity/s/key: ____/key: gpu/' -e 's/effect: ____/effect: NoSchedule/' -e 's/key: ____/key: gpu/' -e 's/\[a100, h100\]/["true"]/' trainer.yaml
# hint: no-match
kubectl apply -f trainer.yaml
sleep 20
