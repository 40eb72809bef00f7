# hint: no-latest
kubectl set image deployment/bistro web=doujia/bistro
sleep 60
