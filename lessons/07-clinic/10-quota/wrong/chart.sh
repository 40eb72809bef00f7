# hint: not-free
sed -i 's/1 quota: .*/1 quota: 4/' chart.txt
# hint: not-needed
sed -i 's/2 banquet: .*/2 banquet: 1800m/' chart.txt
# hint: not-taker
sed -i 's/3 deployments: .*/3 deployments: ledger/' chart.txt
