# hint: refused
kubectl patch deployment kiosk -p '{"spec":{"selector":{"matchLabels":{"tier":"front"}}}}'
