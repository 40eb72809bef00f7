# hint: not-this-code
sed -i 's/exit code ____/exit code 1/' casefile.txt
