# hint: waiting
kubectl create serviceaccount baker
sleep 10
