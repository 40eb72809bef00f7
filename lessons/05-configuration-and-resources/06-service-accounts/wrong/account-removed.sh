# hint: account-removed
kubectl create serviceaccount nobody
kubectl set serviceaccount deployment/shop nobody
sleep 40
