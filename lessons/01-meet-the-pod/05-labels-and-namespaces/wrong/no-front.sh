# hint: no-front
kubectl label pod shop-2 tier=quarantine --overwrite
