# hint: more-verbs
kubectl patch role night-shift --type=json -p '[{"op":"replace","path":"/rules/0/verbs","value":["*","get","patch"]}]'
sh night.sh
