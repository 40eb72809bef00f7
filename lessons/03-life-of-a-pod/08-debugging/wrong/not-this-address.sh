# hint: not-this-address
sed -i 's/4 sealed: ____/4 sealed: 0.0.0.0:8080/' casefile.txt
