/** Pods of real processes, seen from the cluster: Services, restarts, neighbours that are simulated, refusals, their end. */
import { afterEach, describe, expect, it } from 'vitest'
import { service } from '../api/kinds/service/index.ts'
import type { DeclaredImage } from '../runtime/images/declared/declared.ts'
import { realProcesses } from './real-processes.node.ts'
import { BUSYBOX, type World, world } from './testing.ts'

const running: { close(): void }[] = []
afterEach(() => {
  for (const real of running.splice(0)) real.close()
})

async function realWorld(images?: readonly DeclaredImage[]) {
  const real = realProcesses()
  running.push(real)
  const w = await world({ nodes: ['node-1'], images, runtime: real.runtime })
  return { w, real }
}

/** Real processes take real time, and the cluster's goes along with it. */
async function until(w: World, holds: () => boolean): Promise<void> {
  for (let i = 0; i < 1500 && !holds(); i++) {
    await w.cluster.clock.advance(20)
    await new Promise(resolve => setTimeout(resolve, 10))
  }
  expect(holds()).toBe(true)
}

const isReady = (w: World, name: string): boolean =>
  w.pod(name).status?.conditions?.some(c => c.type === 'Ready' && c.status === 'True') ?? false

const gone = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return false
  } catch {
    return true
  }
}

const pidOf = (w: World, name: string): number => Number(/pid (\d+)/.exec(w.logs(name))?.[1])

const SERVER = `
console.log('pid', process.pid)
require('node:http')
  .createServer((request, response) => response.end(process.env.HOSTNAME + '\\n'))
  .listen(8080)
`

const server = (code = SERVER): object => ({
  containers: [
    {
      name: 'main',
      image: 'node:22',
      command: ['node', '-e', code],
      readinessProbe: { httpGet: { port: 8080 }, periodSeconds: 1 },
    },
  ],
})

describe('Pods of real processes', () => {
  it('listen on the same port side by side, and a Service reaches both', async () => {
    const { w } = await realWorld()
    w.cluster.client.create(service, {
      metadata: { name: 'web', namespace: 'default' },
      spec: { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 8080 }] },
    })
    const metadata = { labels: { app: 'web' } }
    for (const name of ['one', 'two']) await w.run(name, server(), { metadata })
    await w.run('asker', { containers: [{ name: 'main', image: BUSYBOX, command: ['sleep', '9999'] }] })
    await until(w, () => isReady(w, 'one') && isReady(w, 'two'))
    let out = ''
    const session = w.container('asker').exec({
      argv: ['sh', '-c', 'while true; do wget -qO- http://web; sleep 0.1; done'],
    })
    session.onOutput((_, data) => {
      out += data
    })
    await until(w, () => out.includes('one') && out.includes('two'))
    session.signal('KILL')
  })

  it('reach Services and simulated Pods by name, and are refused as in a cluster', async () => {
    const { w } = await realWorld()
    const { client } = w.cluster
    for (const [name, targetPort] of [
      ['front', 80],
      ['closed', 81],
    ] as const)
      client.create(service, {
        metadata: { name, namespace: 'default' },
        spec: { selector: { app: 'front' }, ports: [{ port: 8000, targetPort }] },
      })
    const metadata = { labels: { app: 'front' } }
    await w.run('front', { containers: [{ name: 'main', image: 'nginx:1.27' }] }, { metadata })
    const code = `
      const ask = url => fetch(url).then(a => a.text(), e => e.cause.message)
      Promise.all(['http://front:8000', 'http://closed.default.svc:8000', 'http://localhost:9999'].map(ask)).then(all => all.forEach(a => console.log(a)))`
    await w.run('asker', {
      restartPolicy: 'Never',
      containers: [{ name: 'main', image: 'node:22', command: ['node', '-e', code] }],
    })
    await until(w, () => w.pod('asker').status?.phase === 'Succeeded')
    expect(w.logs('asker')).toContain('Welcome to nginx!')
    expect(w.logs('asker')).toMatch(/connect ECONNREFUSED 10\.[\d.]+:8000\n/)
    expect(w.logs('asker')).toContain('connect ECONNREFUSED 127.0.0.1:9999\n')
  })

  it('are started again when they are killed from outside', async () => {
    const { w } = await realWorld()
    await w.run('web', server())
    await until(w, () => isReady(w, 'web'))
    process.kill(pidOf(w, 'web'), 'SIGKILL')
    await until(w, () => w.pod('web').status?.containerStatuses?.[0]?.restartCount === 1)
    expect(w.pod('web').status?.containerStatuses?.[0]?.lastState?.terminated).toMatchObject({ exitCode: 137 })
    await until(w, () => isReady(w, 'web'))
  })

  it('share volumes with simulated containers of their Pod, both ways', async () => {
    const { w } = await realWorld()
    const code = `
      const fs = require('node:fs')
      fs.writeFileSync('/data/from-node', 'written by a process')
      setInterval(() => fs.existsSync('/data/from-sh') && console.log(fs.readFileSync('/data/from-sh', 'utf8')), 50)`
    const mount = { volumeMounts: [{ name: 'data', mountPath: '/data' }] }
    const shell =
      'until [ -f /data/from-node ]; do sleep 0.1; done; cat /data/from-node; echo; echo hello > /data/from-sh; sleep 9999'
    await w.run('pair', {
      volumes: [{ name: 'data', emptyDir: {} }],
      containers: [
        { name: 'real', image: 'node:22', command: ['node', '-e', code], ...mount },
        { name: 'simulated', image: BUSYBOX, command: ['sh', '-c', shell], ...mount },
      ],
    })
    await until(w, () => w.logs('pair', 'simulated').includes('written by a process'))
    await until(w, () => w.logs('pair', 'real').includes('hello'))
  })

  it('run images that a course declares, files and all', async () => {
    const { w } = await realWorld([
      {
        name: 'course/greeter',
        base: 'node',
        command: ['node', '/app/main.js'],
        files: {
          '/app/main.js':
            "console.log(require('./words.js'), require('node:fs').readFileSync('/app/note.txt', 'utf8'))",
          '/app/words.js': "module.exports = 'good'",
          '/app/note.txt': 'morning',
        },
      },
    ])
    await w.run('greeter', { restartPolicy: 'Never', containers: [{ name: 'main', image: 'course/greeter' }] })
    await until(w, () => w.pod('greeter').status?.phase === 'Succeeded')
    expect(w.logs('greeter')).toBe('good morning\n')
  })

  it('say what a process without a container cannot be given', async () => {
    const { w } = await realWorld()
    const limits = { limits: { cpu: '500m' } }
    await w.run('limited', { containers: [{ name: 'main', image: 'node:22', command: ['node'], resources: limits }] })
    expect(w.events('limited').join('\n')).toContain('not simulated for a real process: a limit of cpu')
    await w.run('mounted', {
      volumes: [{ name: 'data', emptyDir: {} }],
      containers: [
        { name: 'main', image: 'node:22', command: ['node'], volumeMounts: [{ name: 'data', mountPath: '/proc/x' }] },
      ],
    })
    expect(w.events('mounted').join('\n')).toContain('not simulated for a real process: a volume at /proc/x')
  })

  it('are killed when they take more memory than their limit', async () => {
    const { w } = await realWorld()
    const code = 'const held = []; setInterval(() => held.push(Buffer.alloc(2e7, 1)), 20)'
    const resources = { limits: { memory: '200Mi' } }
    await w.run('greedy', {
      restartPolicy: 'Never',
      containers: [{ name: 'main', image: 'node:22', command: ['node', '-e', code], resources }],
    })
    await until(w, () => w.pod('greedy').status?.phase === 'Failed')
    expect(w.pod('greedy').status?.containerStatuses?.[0]?.state?.terminated).toMatchObject({
      exitCode: 137,
      reason: 'OOMKilled',
    })
  })

  it('leave nobody behind, neither what they have started', async () => {
    const { w, real } = await realWorld()
    const child = "console.log('child', process.pid); setInterval(() => {}, 1e9)"
    const code = `${SERVER}; require('node:child_process').spawn('node', ['-e', ${JSON.stringify(child)}], { stdio: 'inherit' })`
    await w.run('parent', server(code))
    await until(w, () => isReady(w, 'parent') && w.logs('parent').includes('child'))
    const pids = [pidOf(w, 'parent'), Number(/child (\d+)/.exec(w.logs('parent'))?.[1])]
    expect(pids.map(gone)).toEqual([false, false])
    real.close()
    await until(w, () => pids.every(gone))
  })
})
