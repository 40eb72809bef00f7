# hint: not-seal
sed -i 's/ledger-0  ____/ledger-0  kubelet/' chart.txt
