# hint: not-grace
sed -i 's/3 oven: .*/3 oven: 30/' chart.txt
# hint: not-running
sed -i 's/1 ledger-0: .*/1 ledger-0: yes/' chart.txt
# hint: not-seal
sed -i 's/2 ledger-0: .*/2 ledger-0: kubelet/' chart.txt
