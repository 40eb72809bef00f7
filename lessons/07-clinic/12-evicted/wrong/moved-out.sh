# hint: moved-out
kubectl patch deployment guestbook -p '{"spec":{"template":{"spec":{"nodeSelector":null}}}}'
sleep 200
