# hint: evicted
sed -e 's/____: ____/sizeLimit: 1Mi/' -e 's#mountPath: ____#mountPath: /scratch#' sorter.yaml | kubectl apply -f -
sleep 90
