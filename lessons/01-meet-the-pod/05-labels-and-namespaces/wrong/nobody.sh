# hint: two-behind
sed -i -e 's/____: shop/app: shop/' -e 's/tier: ____/tier: front-end/' front.yaml
# hint: nobody
kubectl apply -f front.yaml
