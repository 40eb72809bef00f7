# hint: not-running
sed -i 's/1 ledger-0: ____/1 ledger-0: yes/' chart.txt
