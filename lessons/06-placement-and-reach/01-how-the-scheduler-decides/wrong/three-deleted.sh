# hint: atlas
kubectl delete pod atlas pearl coral
