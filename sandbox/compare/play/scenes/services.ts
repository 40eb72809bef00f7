/** Services and whom they reach. */
import { deployment, type Scene } from './scene.ts'

export const services: Scene[] = [
  {
    name: 'service-endpoints',
    async play(s) {
      await s.make(`
apiVersion: v1
kind: Service
metadata: { name: web, labels: { l: m }, annotations: { an: no } }
spec: { selector: { app: web }, ports: [{ name: http, port: 80, targetPort: named }, { name: two, port: 81, targetPort: 8080 }] }
---
apiVersion: v1
kind: Service
metadata: { name: headless }
spec: { clusterIP: None, selector: { app: web }, publishNotReadyAddresses: true }
---
apiVersion: v1
kind: Service
metadata: { name: nobody }
spec: { selector: { app: nobody }, ports: [{ port: 80 }] }
---
apiVersion: v1
kind: Service
metadata: { name: selectorless }
spec: { ports: [{ port: 80 }] }
---
apiVersion: v1
kind: Service
metadata: { name: outside }
spec: { type: ExternalName, externalName: example.com }
---
apiVersion: v1
kind: Endpoints
metadata: { name: selectorless, labels: { q: r } }
subsets: [{ addresses: [{ ip: 1.2.3.4 }, { ip: 1.2.3.5, hostname: h }], notReadyAddresses: [{ ip: 1.2.3.6 }], ports: [{ port: 80 }] }]`)
      await s.make(
        deployment('web', 2, 'run:1', '').replace(
          'name: main,',
          'name: main, ports: [{ name: named, containerPort: 9 }],',
        ),
      )
      await s.make(`
apiVersion: v1
kind: Pod
metadata: { name: other, labels: { app: web } }
spec: { hostname: hosty, subdomain: headless, containers: [{ name: main, image: unready, ports: [{ name: named, containerPort: 19 }] }] }
---
apiVersion: v1
kind: Pod
metadata: { name: lingers, labels: { app: web } }
spec: { containers: [{ name: main, image: linger }] }`)
      await s.settle(5)
      await s.snap('made')
      await s.delete('Pod', 'lingers')
      await s.settle(3)
      await s.snap('one terminating')
      await s.patch('Service', 'web', { spec: { selector: { app: 'none' } } })
      await s.patch('Endpoints', 'selectorless', { subsets: [] })
      await s.settle(3)
      await s.snap('selects none')
      await s.delete('Service', 'web')
      await s.delete('Service', 'selectorless')
      await s.settle(3)
      await s.snap('deleted')
    },
  },
  {
    name: 'service-ports',
    async play(s) {
      const ports = [80, 443, 8080, 9090, 53]
      for (const n of [2, 3, 4, 5])
        await s.make(`
apiVersion: v1
kind: Service
metadata: { name: s${n} }
spec: { selector: { app: web }, ports: [${ports.slice(0, n).map(p => `{ name: p${p}, port: ${p}${p === 9090 ? ', appProtocol: http' : ''}${p === 53 ? ', protocol: UDP' : ''} }`)}] }`)
      await s.make(deployment('web', 1))
      await s.settle(4)
      await s.snap('made')
    },
  },
  {
    name: 'service-options',
    async play(s) {
      await s.make(`
apiVersion: v1
kind: Service
metadata: { name: np }
spec: { type: NodePort, selector: { app: web }, ports: [{ port: 80 }], internalTrafficPolicy: Local, trafficDistribution: PreferClose }
---
apiVersion: v1
kind: Service
metadata: { name: aware, annotations: { service.kubernetes.io/topology-mode: Auto } }
spec: { selector: { app: web }, ports: [{ port: 80, protocol: UDP }] }
---
apiVersion: v1
kind: Service
metadata: { name: lb }
spec: { type: LoadBalancer, selector: { app: web }, ports: [{ port: 80, appProtocol: http }], sessionAffinity: ClientIP }`)
      await s.make(deployment('web', 3))
      await s.settle(5)
      await s.snap('made')
      await s.fate('app=web', 'ok', 1)
      await s.settle(4)
      await s.snap('one ended')
    },
  },
]
