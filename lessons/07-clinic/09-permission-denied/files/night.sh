#!/bin/sh
kubectl rollout restart deployment/oven --as=system:serviceaccount:default:night-shift
