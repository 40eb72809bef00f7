#!/bin/sh
# exercise: kiosk
sed -i -e 's/app: ____/app: kiosk/' -e 's/- port: ____/- port: 80/' -e 's/targetPort: ____/targetPort: web/' kiosk.yaml
kubectl apply -f kiosk.yaml
sleep 2
kubectl get endpointslices -l kubernetes.io/service-name=kiosk

# exercise: three-silent
kubectl get endpointslices
kubectl patch service bread -p '{"spec":{"selector":{"app":"bread"}}}'
kubectl patch service salt -p '{"spec":{"ports":[{"port":80,"targetPort":80}]}}'
kubectl patch deployment tea --type=json -p '[{"op":"replace","path":"/spec/template/spec/containers/0/readinessProbe/httpGet/path","value":"/"}]'
kubectl rollout status deployment/tea
sleep 2

# exercise: next-door
kubectl -n kitchen expose deployment oven --port=8080 --target-port=80
cat > cook.yaml <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: cook
spec:
  restartPolicy: OnFailure
  containers:
    - name: cook
      image: busybox:1.36
      command: [wget, -q, -O, '-', 'http://oven.kitchen:8080']
YAML
kubectl apply -f cook.yaml
sleep 20
kubectl logs cook
