# hint: blanks-left
kubectl create -f board.yaml
kubectl delete pod board
