# hint: wait-a-little
sed -e 's/____: ____/sizeLimit: 20Mi/' -e 's#mountPath: ____#mountPath: /scratch#' sorter.yaml | kubectl apply -f -
sleep 10
