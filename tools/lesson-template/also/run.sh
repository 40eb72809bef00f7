#!/bin/sh
# exercise: run-it
kubectl run hello --image=nginx:1.27
kubectl wait --for=condition=Ready pod/hello --timeout=60s
