# hint: not-taker
sed -i 's/3 deployments: ____/3 deployments: ledger/' chart.txt
