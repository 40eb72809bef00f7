# hint: not-ready
kubectl run hello --image=nginx:1.27 --command -- sh -c 'exit 1'
sleep 30
