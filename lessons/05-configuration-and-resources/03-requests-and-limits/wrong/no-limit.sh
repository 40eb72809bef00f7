# hint: no-limit
sed -e '/limits/,$d' -e 's/____/160Mi/' hungry.yaml | kubectl replace --force -f -
sleep 60
