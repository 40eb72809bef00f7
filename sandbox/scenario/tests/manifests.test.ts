/** Manifests as tutorials have them settle as their readers are told: our own, one for each idea. */
import { expect, test } from 'vitest'
import { createSession } from '../create.ts'
import { runScript } from '../run-script.ts'

const pod = (name: string, spec: string): string =>
  `apiVersion: v1\nkind: Pod\nmetadata: { name: ${name} }\nspec:\n${spec.replace(/^/gm, '  ')}\n`

const BUSYBOX = 'registry.k8s.io/busybox:1.27.2'

const MANIFESTS: Readonly<Record<string, string>> = {
  'adapter.yaml': pod(
    'adapter',
    `initContainers:
- name: adapter
  image: ${BUSYBOX}
  restartPolicy: Always
  command: [sh, -c, 'touch /log/raw; tail -F /log/raw | while read line; do echo "<$line>"; done']
  volumeMounts: [{ name: log, mountPath: /log }]
containers:
- name: main
  image: ${BUSYBOX}
  command: [sh, -c, 'n=0; while true; do n=$((n+1)); echo "event $n" >> /log/raw; sleep 2; done']
  volumeMounts: [{ name: log, mountPath: /log }]
volumes: [{ name: log, emptyDir: {} }]`,
  ),
  'ambassador.yaml': pod(
    'ambassador',
    `initContainers:
- name: proxy
  image: alpine/socat:1.8.0.3
  restartPolicy: Always
  args: ['tcp-listen:7000,fork', 'tcp-connect:cache:6379']
containers:
- name: main
  image: redis:7
  command: [sh, -c, 'until redis-cli -p 7000 set seen yes; do sleep 1; done; sleep 1d']`,
  ),
  'cache.yaml': `apiVersion: v1
kind: ConfigMap
metadata: { name: cache }
data: { redis.conf: "maxmemory 2mb\\n" }
---
apiVersion: v1
kind: Service
metadata: { name: cache }
spec: { selector: { app: cache }, ports: [{ port: 6379 }] }
---
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: cache }
spec:
  serviceName: cache
  selector: { matchLabels: { app: cache } }
  template:
    metadata: { labels: { app: cache } }
    spec:
      containers:
      - name: redis
        image: redis:7
        args: [/etc/redis/redis.conf]
        readinessProbe: { exec: { command: [redis-cli, ping] } }
        volumeMounts: [{ name: config, mountPath: /etc/redis }]
      volumes: [{ name: config, configMap: { name: cache } }]
`,
  'again.yaml': pod(
    'again',
    `restartPolicy: Never
initContainers:
- { name: setup, image: ${BUSYBOX}, command: [echo, prepared] }
- name: watcher
  image: ${BUSYBOX}
  command: [sh, -c, 'sleep 20; exit 88']
  restartPolicy: Always
  restartPolicyRules: [{ action: RestartAllContainers, exitCodes: { operator: In, values: [88] } }]
containers:
- { name: main, image: ${BUSYBOX}, command: [sleep, 1d] }`,
  ),
  'env-file.yaml': pod(
    'env-file',
    `restartPolicy: Never
initContainers:
- name: setup
  image: ${BUSYBOX}
  command: [sh, -c, "echo \\"PLACE='here'\\" > /data/env"]
  volumeMounts: [{ name: data, mountPath: /data }]
containers:
- name: main
  image: ${BUSYBOX}
  command: [sh, -c, 'echo $PLACE']
  env:
  - name: PLACE
    valueFrom: { fileKeyRef: { volumeName: data, path: env, key: PLACE } }
volumes: [{ name: data, emptyDir: {} }]`,
  ),
  'artifact.yaml': pod(
    'artifact',
    `restartPolicy: Never
containers:
- name: main
  image: debian
  command: [cat, /volume/file]
  volumeMounts: [{ name: volume, mountPath: /volume, subPath: dir }]
volumes: [{ name: volume, image: { reference: 'quay.io/crio/artifact:v2' } }]`,
  ),
  'pi.yaml': `apiVersion: batch/v1
kind: Job
metadata: { name: pi }
spec:
  template:
    spec:
      restartPolicy: Never
      containers: [{ name: pi, image: 'perl:5.34.0', command: [perl, -Mbignum=bpi, -wle, 'print bpi(50)'] }]
`,
  'refused.yaml': pod(
    'refused',
    `nodeName: worker-1
os: { name: windows }
containers: [{ name: main, image: busybox }]`,
  ),
}

/** A claim that names no class, as most tutorials make them. */
const CLAIMED = `apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: data }
spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } }
---
${pod(
  'writer',
  `containers: [{ name: main, image: ${BUSYBOX}, command: [sh, -c, 'date >> /data/log; sleep 1d'], volumeMounts: [{ name: data, mountPath: /data }] }]
volumes: [{ name: data, persistentVolumeClaim: { claimName: data } }]`,
)}`

const SCRIPT = `kubectl apply -f .
sleep 60
kubectl get pods --no-headers -o custom-columns=:metadata.name,:status.phase,:status.reason | tr -s ' '
kubectl logs adapter -c adapter | head -2
kubectl exec cache-0 -- redis-cli get seen
kubectl exec cache-0 -- redis-cli config get maxmemory
kubectl logs env-file -c main
kubectl logs artifact
kubectl logs job/pi
kubectl get pod again -o jsonpath='{range .status.initContainerStatuses[*]}{.name}={.restartCount} {end}{"\\n"}'
kubectl get events --field-selector reason=PodOSNotSupported -o jsonpath='{.items[*].message}{"\\n"}'
`

test('manifests of tutorials settle', async () => {
  const lesson = { id: 'a/b', manifests: {}, files: { ...MANIFESTS, 'run.sh': SCRIPT }, settleMs: 2000, exercises: [] }
  const session = await createSession({ seed: 'manifests', lesson })
  const { screen, finished } = await runScript(session, 'sh run.sh > out 2>&1', 10 * 60_000)
  expect(finished, screen).toBe(true)
  const out = session.files().out ?? ''
  for (const line of [
    'adapter Running <none>',
    'again Running <none>',
    'ambassador Running <none>',
    'artifact Succeeded <none>',
    'cache-0 Running <none>',
    'env-file Succeeded <none>',
    'refused Failed PodOSNotSupported',
    '<event 1>',
    'yes',
    '2097152',
    'here',
    '1',
    '3.1415926535897932384626433832795028841971693993751',
    "Failed to admit pod as the OS field doesn't match node OS",
  ])
    expect(
      out.split('\n').map(l => l.trim()),
      out,
    ).toContain(line)
  expect(out).toMatch(/^pi-\w{5} Succeeded <none> ?$/m)
  expect(out).toMatch(/^setup=[12] watcher=[12] $/m)
})

test('a claim without a class gets a volume of the default class, which outlives the Pod', async () => {
  const script = `kubectl get storageclass
kubectl apply -f claimed.yaml
sleep 20
kubectl delete pod writer --now
kubectl apply -f claimed.yaml
sleep 20
kubectl exec writer -- wc -l /data/log
kubectl get pvc data --no-headers -o custom-columns=:status.phase,:spec.storageClassName | tr -s ' '
`
  const files = { 'claimed.yaml': CLAIMED, 'run.sh': script }
  const lesson = { id: 'a/b', manifests: {}, files, settleMs: 2000, storageClass: true, exercises: [] }
  const session = await createSession({ seed: 'claims', lesson })
  await runScript(session, 'sh run.sh > out 2>&1', 10 * 60_000)
  expect(session.files().out).toMatch(/^2 \/data\/log\nBound standard ?$/m)
  expect(session.record().storageClass).toBe(true)
})

/** One server of MySQL with a volume and a headless Service, as the documentation runs it. */
const DATABASE = `apiVersion: v1
kind: Secret
metadata: { name: mysql-pass }
stringData: { password: open-sesame }
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: mysql }
spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } }
---
apiVersion: v1
kind: Service
metadata: { name: mysql }
spec: { clusterIP: None, selector: { app: mysql }, ports: [{ port: 3306 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: mysql }
spec:
  selector: { matchLabels: { app: mysql } }
  strategy: { type: Recreate }
  template:
    metadata: { labels: { app: mysql } }
    spec:
      containers:
      - name: mysql
        image: mysql:9
        env:
        - { name: MYSQL_ROOT_PASSWORD, valueFrom: { secretKeyRef: { name: mysql-pass, key: password } } }
        - { name: MYSQL_DATABASE, value: wordpress }
        readinessProbe: { exec: { command: [sh, -c, 'mysqladmin ping -uroot -p$MYSQL_ROOT_PASSWORD'] }, periodSeconds: 2 }
        volumeMounts: [{ name: data, mountPath: /var/lib/mysql }]
      volumes: [{ name: data, persistentVolumeClaim: { claimName: mysql } }]
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: wordpress }
spec:
  selector: { matchLabels: { app: wordpress } }
  template:
    metadata: { labels: { app: wordpress } }
    spec:
      containers:
      - name: wordpress
        image: wordpress:6.2.1-apache
        env:
        - { name: WORDPRESS_DB_HOST, value: mysql }
        - { name: WORDPRESS_DB_USER, value: root }
        - { name: WORDPRESS_DB_PASSWORD, valueFrom: { secretKeyRef: { name: mysql-pass, key: password } } }
        readinessProbe: { httpGet: { port: 80, path: /wp-admin/install.php }, periodSeconds: 2 }
`

test('a database outlives its Pods, and who works on it finds what was written', async () => {
  const script = `kubectl apply -f database.yaml > /dev/null
kubectl rollout status deployment/wordpress --timeout=2m
kubectl run client --image=mysql:9 -i --rm --restart=Never -q -- mysql -h mysql -uroot --password=open-sesame wordpress <<EOF
CREATE TABLE posts (id INT AUTO_INCREMENT PRIMARY KEY, title VARCHAR(40));
INSERT INTO posts (title) VALUES ('one'), ('two');
EOF
kubectl delete pod -l app=mysql --now
kubectl rollout status deployment/mysql --timeout=2m
kubectl run client --image=mysql:9 -it --rm --restart=Never -q -- mysql -h mysql -uroot --password=open-sesame wordpress -e 'SELECT * FROM posts'
`
  const files = { 'database.yaml': DATABASE, 'run.sh': script }
  const lesson = { id: 'a/b', manifests: {}, files, settleMs: 2000, storageClass: true, exercises: [] }
  const session = await createSession({ seed: 'database', lesson })
  await runScript(session, 'sh run.sh > out 2>&1', 10 * 60_000)
  const out = (session.files().out ?? '').replaceAll('\r', '')
  expect(out).toContain('deployment "wordpress" successfully rolled out\n')
  expect(out).toContain(
    '\n+----+-------+\n| id | title |\n+----+-------+\n|  1 | one   |\n|  2 | two   |\n+----+-------+\n',
  )
})
