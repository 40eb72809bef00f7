# hint: evicted
sed -e 's/____: ____/sizeLimit: 1Mi/' -e 's#mountPath: ____#mountPath: /work#' sorter.yaml | kubectl apply -f -
sleep 60
