# exercise: three-findings
cat > casefile.txt <<TXT
1 courier: $(kubectl get pod courier -o jsonpath='{..terminated.exitCode}' | cut -c1)
2 courier: $(kubectl logs courier -p | grep -o '/[a-z/]*')
3 window: $(kubectl describe pod window | grep -o 'statuscode: [0-9]*' | cut -d' ' -f2)
4 sealed: ____
TXT
# exercise: look-into-the-sealed
kubectl debug sealed --image=nicolaka/netshoot:latest -c tools --profile=general -- sh -c 'ss -tln; sleep 60'
sleep 5
kubectl logs sealed -c tools
sed -i 's/4 sealed: ____/4 sealed: 127.0.0.1:8080 only/' casefile.txt
# exercise: first-aid
kubectl exec window -- sh -c 'echo ok > /usr/share/nginx/html/health'
sleep 30
