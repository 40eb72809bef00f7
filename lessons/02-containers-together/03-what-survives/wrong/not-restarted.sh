# hint: not-restarted
kubectl run notebook --image=nginx:1.27
sleep 30
kubectl exec notebook -- sh -c 'echo "remember me" > /usr/share/nginx/html/index.html'
