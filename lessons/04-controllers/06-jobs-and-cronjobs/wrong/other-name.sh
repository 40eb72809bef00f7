# hint: other-name
sed -e 's/name: report/name: report-2/' -e 's/          image: busybox/          env: [{ name: MONTH, value: January }]\n          image: busybox/' report.yaml | kubectl apply -f -
kubectl delete job report
sleep 60
