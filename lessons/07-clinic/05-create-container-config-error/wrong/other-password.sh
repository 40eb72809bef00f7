# hint: other-password
kubectl patch secret db -p '{"stringData":{"password":"letmein"}}'
sleep 40
