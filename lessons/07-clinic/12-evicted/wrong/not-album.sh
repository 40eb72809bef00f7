# hint: not-album
sed -i 's/volume  ____/volume  album/' chart.txt
