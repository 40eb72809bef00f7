# hint: complete
kubectl delete job report
# hint: other-name
sed -e 's/name: report/name: report-2/' -e 's/          image: busybox/          env: [{ name: MONTH, value: January }]\n          image: busybox/' report.yaml | kubectl apply -f -
sleep 60
