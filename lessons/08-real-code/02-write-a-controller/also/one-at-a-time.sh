# exercise: keep-count
cat > controller.mjs <<'JS'
import { CoreV1Api, KubeConfig } from '@kubernetes/client-node'

const config = new KubeConfig()
config.loadFromDefault()
const api = config.makeApiClient(CoreV1Api)
const namespace = 'default'

async function look() {
  const fleet = await api.readNamespacedConfigMap({ namespace, name: 'fleet' })
  const { items } = await api.listNamespacedPod({ namespace, labelSelector: 'app=boat' })
  const boats = items.filter(({ metadata }) => !metadata.deletionTimestamp)
  const { name, uid } = fleet.metadata
  const missing = Number(fleet.data.size) - boats.length
  if (missing > 0)
    await api.createNamespacedPod({
      namespace,
      body: {
        metadata: {
          name: `boat-${Date.now()}`,
          labels: { app: 'boat' },
          ownerReferences: [{ apiVersion: 'v1', kind: 'ConfigMap', name, uid, controller: true }],
        },
        spec: { containers: [{ name: 'boat', image: 'registry.k8s.io/pause:3.10' }] },
      },
    })
  if (missing < 0) await api.deleteNamespacedPod({ namespace, name: boats[0].metadata.name })
}
setInterval(() => look().catch(error => console.log(error.code)), 1000)
JS
kubectl create configmap fleet --from-literal=size=2
node controller.mjs > controller.log 2>&1 & CONTROLLER=$!
sleep 8
kubectl delete $(kubectl get pods -l app=boat -o name | head -n 1)
sleep 8
# exercise: shrink
node controller.mjs > controller.log 2>&1 & CONTROLLER=$!
kubectl create configmap fleet --from-literal=size=1 --dry-run=client -o yaml | kubectl apply -f -
sleep 8
kill $CONTROLLER
# exercise: let-go
kubectl delete configmap fleet
sleep 5
