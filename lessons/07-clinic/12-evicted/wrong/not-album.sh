# hint: not-album
sed -i 's/1 album: ____/1 album: album/' chart.txt
