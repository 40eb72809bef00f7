# hint: not-taker
sed -i 's/most  ____/most  ledger/' chart.txt
