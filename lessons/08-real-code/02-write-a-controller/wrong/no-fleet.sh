# hint: no-fleet
node controller.mjs > controller.log 2>&1 &
sleep 5
