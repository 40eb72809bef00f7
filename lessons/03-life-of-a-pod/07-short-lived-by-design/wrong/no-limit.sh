# hint: no-limit
sed -e 's/____: ____/medium: ""/' -e 's#mountPath: ____#mountPath: /scratch#' sorter.yaml | kubectl apply -f -
sleep 90
