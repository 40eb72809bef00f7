# hint: eats-less
sed -e 's/____/100Mi/' -e 's/150M/50M/' hungry.yaml | kubectl replace --force -f -
sleep 60
