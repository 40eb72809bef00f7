#!/bin/sh
# exercise: switch
kubectl apply -f - <<'YAML'
apiVersion: v1
kind: Service
metadata:
  name: shop
spec:
  selector: { app: shop, track: green }
  ports:
    - port: 80
YAML

# exercise: tidy
kubectl delete pod -l track=blue --grace-period=1
