# hint: not-noticed
podlab node stop worker-1
sleep 5
