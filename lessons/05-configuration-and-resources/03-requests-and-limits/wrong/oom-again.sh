# hint: oom-again
sed 's/____/120Mi/' hungry.yaml | kubectl replace --force -f -
sleep 60
