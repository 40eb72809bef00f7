# hint: not-seal
sed -i 's/2 ledger-0: ____/2 ledger-0: kubelet/' chart.txt
