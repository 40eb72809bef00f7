# hint: not-resource
sed -i 's/low on  ____/low on  ephemeral-storage/' chart.txt
