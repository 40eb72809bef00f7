#!/bin/sh
# exercise: go-together
OWNER=$(kubectl get deployment atlas -o jsonpath='{.metadata.uid}')
sed -i -e 's/kind: ____/kind: Deployment/' -e "s/uid: ____/uid: $OWNER/" atlas-notes.yaml
kubectl apply -f atlas-notes.yaml
kubectl delete deployment atlas
sleep 5
kubectl get configmaps

# exercise: change-the-unchangeable
kubectl delete statefulset shelf --cascade=orphan
sed -i 's/OrderedReady/Parallel/' shelf.yaml
kubectl apply -f shelf.yaml
sleep 5
kubectl get statefulset,pods

# exercise: captain-last
kubectl create configmap captain --from-literal=ship=Swallow
cat > crew.yaml <<EOF
apiVersion: v1
kind: Pod
metadata:
  name: crew
  ownerReferences:
    - apiVersion: v1
      kind: ConfigMap
      name: captain
      uid: $(kubectl get configmap captain -o jsonpath='{.metadata.uid}')
      blockOwnerDeletion: true
spec:
  containers:
    - name: crew
      image: busybox:1.36
      command: [sleep, "3600"]
EOF
kubectl apply -f crew.yaml
kubectl wait --for=condition=Ready pod/crew --timeout=120s
kubectl delete configmap captain --cascade=foreground

# exercise: break-the-seal
kubectl delete configmap ledger --wait=false
kubectl get configmap ledger -o jsonpath='{.metadata.finalizers}{"\n"}'
kubectl patch configmap ledger --type=merge -p '{"metadata":{"finalizers":null}}'
