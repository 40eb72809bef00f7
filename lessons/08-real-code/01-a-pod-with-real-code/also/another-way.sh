# exercise: open-the-door
cat > server.mjs <<'JS'
import http from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'

let baked = false
let closing = false
const server = http.createServer(async (request, response) => {
  if (request.url === '/healthz') return response.writeHead(baked && !closing ? 204 : 503).end()
  await sleep(1000)
  response.end('rye\n')
})
server.listen(8080, '0.0.0.0')
process.once('SIGTERM', async () => {
  closing = true
  await sleep(3000)
  server.close(() => console.log('closed'))
})
await sleep(5000)
baked = true
JS
kubectl delete configmap bakery
kubectl create configmap bakery --from-file=server.mjs
kubectl delete pods -l app=bakery --grace-period=1
kubectl rollout status deployment/bakery --timeout=120s
# exercise: tell-the-truth
kubectl get pods
# exercise: finish-the-orders
kubectl apply -f customer.yaml
kubectl wait --for=condition=Ready pod/customer --timeout=60s
kubectl delete pod $(kubectl get pods -l app=bakery -o name | head -1 | cut -d/ -f2)
kubectl wait --for=jsonpath='{.status.phase}'=Succeeded pod/customer --timeout=180s
