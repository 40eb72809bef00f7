# hint: looks-failed
printf 'web: Running\nshy: Running\nloop: Failed\ntypo: Pending\nerrand: Succeeded\nchoosy: Pending\n' > phases.txt
