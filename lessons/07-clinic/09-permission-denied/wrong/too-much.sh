# hint: too-much
kubectl create rolebinding night --clusterrole=edit --serviceaccount=default:night-shift
sh night.sh
sleep 20
