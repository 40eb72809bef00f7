# hint: not-album
sed -i 's/1 album: .*/1 album: album/' chart.txt
# hint: not-requested
sed -i 's/3 guestbook: .*/3 guestbook: 1900M/' chart.txt
# hint: not-resource
sed -i 's/2 guestbook: .*/2 guestbook: ephemeral-storage/' chart.txt
