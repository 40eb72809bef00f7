# hint: gets-rates
sed -e 's/restartPolicy: ____/restartPolicy: Always/' -e 's/listen ____/listen 127.0.0.1/' -e 's#proxy_pass http://____#proxy_pass http://rates-test#' -e 's#http://____:8080#http://localhost:8080#' booking.yaml > filled.yaml
kubectl apply -f filled.yaml
# hint: other-rates
sleep 30
