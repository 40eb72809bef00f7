# hint: too-early
podlab node stop worker-1
sleep 90
