# hint: not-this-code
sed -i 's/1 courier: ____/1 courier: 1/' casefile.txt
