#!/bin/sh
# exercise: board
sed -i -e 's/        name: ____/        name: menu/' -e 's/key: ____/key: dish/' -e 's#mountPath: ____#mountPath: /usr/share/nginx/html#' board.yaml
kubectl apply -f board.yaml
kubectl wait --for=condition=Ready pod/board --timeout=60s
kubectl exec board -- sh -c 'echo $DISH'

# exercise: new-price
kubectl patch configmap prices -p '{"data":{"PRICE":"15"}}'
kubectl rollout restart deployment/tag
kubectl rollout status deployment/tag
sleep 40
kubectl logs -l app=tag --prefix --tail=1

# exercise: cook
cat > cook.yaml <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: cook
spec:
  restartPolicy: Never
  containers:
    - name: cook
      image: busybox:1.36
      command: [sh, -c, 'echo "$DISH with $SALT of salt"']
      envFrom:
        - configMapRef:
            name: recipe
YAML
kubectl apply -f cook.yaml
sleep 10
kubectl logs cook
