# hint: nowhere-to-write
sed -e 's/____: ____/sizeLimit: 20Mi/' -e 's#mountPath: ____#mountPath: /data#' -e 's#echo sorted#false#' sorter.yaml | kubectl apply -f -
sleep 10
