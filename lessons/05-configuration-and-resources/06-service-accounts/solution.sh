#!/bin/sh
# exercise: clerk
sed -i -e 's/resources: \[____\]/resources: [pods]/' -e 's/verbs: \[____\]/verbs: [get, list]/' -e '/subjects/,/roleRef/s/name: ____/name: clerk/' -e 's/  name: ____/  name: pod-reader/' -e 's/serviceAccountName: ____/serviceAccountName: clerk/' clerk.yaml
kubectl apply -f clerk.yaml
kubectl auth can-i list pods --as=system:serviceaccount:default:clerk
kubectl wait --for=condition=Ready pod/counter --timeout=60s

# exercise: no-token
kubectl patch deployment shop -p '{"spec":{"template":{"spec":{"automountServiceAccountToken":false}}}}'
kubectl rollout status deployment/shop
sleep 20

# exercise: janitor
kubectl create serviceaccount janitor
kubectl create role sweeper --verb=list,delete --resource=pods --namespace=staging
kubectl create rolebinding janitor-sweeps --role=sweeper --serviceaccount=default:janitor --namespace=staging
kubectl auth can-i delete pods --as=system:serviceaccount:default:janitor --namespace=staging
