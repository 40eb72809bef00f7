# hint: solo-lost
kubectl drain worker-1 --ignore-daemonsets --force
