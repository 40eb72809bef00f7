# hint: bigger
kubectl patch deployment album -p '{"spec":{"template":{"spec":{"volumes":[{"name":"cache","emptyDir":{"sizeLimit":"400Mi"}}]}}}}'
sleep 200
