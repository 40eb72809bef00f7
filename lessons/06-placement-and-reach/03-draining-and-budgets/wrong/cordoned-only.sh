# hint: cordoned-only
kubectl cordon worker-1
# hint: agent-gone
kubectl delete daemonset agent
