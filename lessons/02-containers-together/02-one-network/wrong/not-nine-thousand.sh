# hint: not-nine-thousand
sed -e 's/-listen=____/-listen=:8000/' -e 's/____/localhost/' rates.yaml | kubectl apply -f -
sleep 30
