#!/bin/sh
# exercise: switch
kubectl patch service shop -p '{"spec":{"selector":{"track":"green"}}}'

# exercise: tidy
kubectl delete pod blue
