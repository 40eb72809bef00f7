# hint: not-key
sed -i 's/asks for: ____/asks for: pass/' chart.txt
