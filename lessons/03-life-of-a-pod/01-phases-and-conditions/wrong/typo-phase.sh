# hint: typo-phase
printf 'web: Running\nshy: Running\nloop: Running\ntypo: Failed\nerrand: Succeeded\nchoosy: Pending\n' > phases.txt
# hint: all-six
printf 'web: Running\nshy: Pending\nloop: Running\ntypo: Pending\nerrand: Succeeded\nchoosy: Pending\n' > phases.txt
