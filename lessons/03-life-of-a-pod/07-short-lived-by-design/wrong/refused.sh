# hint: refused
kubectl drain worker-1 --ignore-daemonsets
