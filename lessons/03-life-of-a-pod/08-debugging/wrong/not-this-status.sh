# hint: not-this-status
sed -i 's/3 window: ____/3 window: 503/' casefile.txt
