# hint: typo-phase
printf 'web: Running\nshy: Running\nloop: Running\ntypo: Failed\nerrand: Succeeded\nchoosy: Pending\n' > phases.txt
