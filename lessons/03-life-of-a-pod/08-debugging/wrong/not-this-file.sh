# hint: not-this-file
sed -i 's/2 courier: ____/2 courier: van/' casefile.txt
