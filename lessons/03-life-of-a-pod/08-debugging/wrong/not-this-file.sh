# hint: not-this-file
sed -i 's/the file ____/the file van/' casefile.txt
