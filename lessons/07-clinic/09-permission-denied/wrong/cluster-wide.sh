# hint: cluster-wide
kubectl create clusterrolebinding night --clusterrole=cluster-admin --serviceaccount=default:night-shift
sh night.sh
sleep 20
