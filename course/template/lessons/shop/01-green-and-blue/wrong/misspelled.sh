# hint: nobody-answers
kubectl patch service shop -p '{"spec":{"selector":{"track":"gren"}}}'
