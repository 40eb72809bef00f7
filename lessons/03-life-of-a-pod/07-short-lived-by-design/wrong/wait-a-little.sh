# hint: stays
sed -e 's/____: ____/sizeLimit: 20Mi/' -e 's#mountPath: ____#mountPath: /scratch#' sorter.yaml | kubectl apply -f -
# hint: wait-a-little
sleep 10
