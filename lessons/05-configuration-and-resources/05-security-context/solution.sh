#!/bin/sh
# exercise: without-root
sed -i -e 's#image: ____#image: nginxinc/nginx-unprivileged:1.27#' -e 's/runAsNonRoot: ____/runAsNonRoot: true/' -e 's/allowPrivilegeEscalation: ____/allowPrivilegeEscalation: false/' -e 's/drop: \[____\]/drop: [ALL]/' plain.yaml
kubectl apply -f plain.yaml
kubectl wait --for=condition=Ready pod/plain --timeout=60s
kubectl exec plain -- id

# exercise: nothing-to-write
cat > fort.yaml <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: fort
spec:
  volumes:
    - name: cache
      emptyDir: {}
    - name: run
      emptyDir: {}
  containers:
    - name: web
      image: nginx:1.27
      securityContext:
        readOnlyRootFilesystem: true
      volumeMounts:
        - name: cache
          mountPath: /var/cache/nginx
        - name: run
          mountPath: /run
YAML
kubectl apply -f fort.yaml
kubectl wait --for=condition=Ready pod/fort --timeout=60s

# exercise: scribe
cat > scribe.yaml <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: scribe
spec:
  securityContext:
    runAsUser: 1000
    runAsGroup: 3000
    fsGroup: 2000
  volumes:
    - name: notes
      emptyDir: {}
  containers:
    - name: scribe
      image: busybox:1.36
      command: [sh, -c, 'id; echo hello > /notes/one; ls -ln /notes; trap exit TERM; while true; do sleep 1; done']
      volumeMounts:
        - name: notes
          mountPath: /notes
YAML
kubectl apply -f scribe.yaml
kubectl wait --for=condition=Ready pod/scribe --timeout=60s
sleep 5
kubectl logs scribe
