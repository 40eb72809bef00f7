# hint: crowded
sed -e 's/replicas: ____/replicas: 3/' -e 's/app: ____/app: menu/' menu.yaml > filled.yaml
sed '0,/image: nginx:1.27/s//image: nginx:1.27\n        - name: more\n          image: nginx:1.27/' filled.yaml > crowd.yaml
kubectl apply -f crowd.yaml
sleep 60
