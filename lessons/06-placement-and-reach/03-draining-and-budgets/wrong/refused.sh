# hint: refused
kubectl drain worker-2 --ignore-daemonsets --timeout=30s
