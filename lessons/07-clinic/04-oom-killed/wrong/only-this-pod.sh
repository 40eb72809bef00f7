# hint: only-this-pod
kubectl patch $(kubectl get pods -l app=gallery -o name) --subresource=resize -p '{"spec":{"containers":[{"name":"thumbs","resources":{"requests":{"memory":"200Mi"},"limits":{"memory":"200Mi"}}}]}}'
sleep 60
