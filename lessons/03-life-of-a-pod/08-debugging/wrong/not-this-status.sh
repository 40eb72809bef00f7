# hint: not-this-status
sed -i 's/status code ____/status code 503/' casefile.txt
