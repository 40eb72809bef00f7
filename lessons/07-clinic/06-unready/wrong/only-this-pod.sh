# hint: only-this-pod
kubectl patch $(kubectl get pod -l app=till -o name) --subresource=status -p '{"status":{"conditions":[{"type":"doujia.example/on-balancer","status":"True"}]}}'
sleep 20
