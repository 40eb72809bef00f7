#!/bin/sh
# exercise: run-it
sed -i 's/____/hello/' pod.yaml
kubectl apply -f pod.yaml
kubectl wait --for=condition=Ready pod/hello --timeout=60s
