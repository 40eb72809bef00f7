# hint: some-left
kubectl delete pods --field-selector=status.phase=Failed
