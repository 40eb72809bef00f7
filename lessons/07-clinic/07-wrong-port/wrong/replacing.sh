# hint: replacing
kubectl patch deployment orders -p '{"spec":{"template":{"spec":{"containers":[{"name":"web","readinessProbe":{"httpGet":{"port":9000}}}]}}}}'
