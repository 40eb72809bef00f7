# hint: not-this-address
sed -i 's/listens on ____/listens on 0.0.0.0:8080/' casefile.txt
