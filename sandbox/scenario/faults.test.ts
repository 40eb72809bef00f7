/** Faults of a cluster, and its recovery from them. */
import { describe, expect, test } from 'vitest'
import { createSession, replaySession } from './create.ts'
import { FAULTS, faultsOfNode } from './faults.ts'

async function begin(manifest = '') {
  const session = await createSession({ seed: 'faults', nodes: ['control-plane', 'worker-1', 'worker-2'] })
  let shown = ''
  session.onOutput((_, data) => (shown += data))
  const terminal = session.openTerminal({ columns: 160, rows: 40 })
  const start = async (line: string): Promise<void> => {
    shown = ''
    await session.dispatch({ type: 'command', terminal, line })
  }
  const run = async (line: string): Promise<string> => {
    await start(line)
    for (let i = 0; i < 3000 && !session.terminalState(terminal).idle; i++) await session.advance(100)
    return shown.replace(/\x1b\[[\d;]*[A-Za-z]/g, '')
  }
  if (manifest) {
    await session.dispatch({ type: 'file', path: 'm.yaml', text: manifest })
    await run('kubectl apply -f m.yaml')
    await session.advance(20_000)
  }
  const pods = () => session.view().pods.filter(p => p.metadata.namespace === 'default')
  const node = (name: string) => session.view().nodes.find(n => n.metadata.name === name)!
  const status = (name: string, type: string) => node(name).status.conditions!.find(c => c.type === type)?.status
  return { session, terminal, start, run, pods, node, status, shown: () => shown }
}

const deployment = (replicas: number, image = 'nginx:1.27') => `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: ${replicas}
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: "${image}" }] }
`

describe('the table of faults', () => {
  test('undoes each by one with the same arguments', () => {
    const ids = FAULTS.map(f => f.id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const { undo, arguments: given } of FAULTS) {
      if (undo !== undefined) expect(FAULTS.find(f => f.id === undo)?.arguments).toEqual(given)
    }
  })

  test('gives every line that may be said of a node', async () => {
    const { session } = await begin()
    const lines = faultsOfNode('worker-1')
    expect(lines).toContainEqual({ key: 'node pressure disk', command: 'node pressure worker-1 disk' })
    for (const { command } of lines) await session.dispatch({ type: 'fault', command })
  })

  test('says what is wrong with a command', async () => {
    const { run } = await begin()
    expect(await run('podlab node explode worker-1')).toContain('podlab: unknown command "node explode worker-1"')
    expect(await run('podlab node stop')).toContain('podlab: use it as podlab node stop NODE')
    expect(await run('podlab node stop nosuch')).toContain('podlab: there is no node "nosuch"')
    expect(await run('podlab node pressure worker-1 luck')).toContain('it is one of memory, disk, pid')
    expect(await run('podlab container kill web')).toContain('podlab: name it POD/CONTAINER')
    expect(await run('podlab')).toContain('podlab apiserver restart')
  })
})

describe('an API server that restarts', () => {
  test('refuses connections, ends watches, and is back in ten seconds', async () => {
    const { session, run, start, shown, terminal } = await begin(deployment(1))
    await start('kubectl get pods -w')
    await session.advance(3_000)
    expect(session.terminalState(terminal).idle).toBe(false)
    await session.dispatch({ type: 'fault', command: 'apiserver restart' })
    await session.advance(0)
    expect(session.terminalState(terminal)).toEqual({ idle: true, status: 0 })
    expect(shown()).toContain('web-')
    expect(await run('kubectl get pods')).toContain(
      'The connection to the server 192.168.49.2:6443 was refused - did you specify the right host or port?',
    )
    await session.advance(10_000)
    expect(await run('kubectl get pods')).toContain('1/1     Running')
  })

  test('does not stop the Pods; what happened meanwhile is told afterwards', async () => {
    const { session, run, pods, status } = await begin(deployment(2))
    const [first] = pods()
    await run('podlab apiserver stop')
    await run(`podlab container kill ${first!.metadata.name}/web`)
    await session.advance(120_000)
    await run('podlab apiserver start')
    await session.advance(5_000)
    expect(pods().map(p => p.status.containerStatuses![0]!.restartCount)).toEqual([1, 0])
    // Nobody has counted the silence of the nodes meanwhile.
    for (const name of ['control-plane', 'worker-1', 'worker-2']) expect(status(name, 'Ready')).toBe('True')
    await run('kubectl scale deployment web --replicas=4')
    await session.advance(10_000)
    expect(pods().filter(p => p.status.phase === 'Running')).toHaveLength(4)
  })

  test('breaks off an exec', async () => {
    const { session, run, start, shown, pods } = await begin(deployment(1))
    await start(`kubectl exec ${pods()[0]!.metadata.name} -- sleep 100`)
    await session.advance(2_000)
    await session.dispatch({ type: 'fault', command: 'apiserver restart' })
    await session.advance(1_000)
    expect(shown()).toContain('websocket: close 1006 (abnormal closure): unexpected EOF')
    expect(await run('echo $?')).toContain('1')
  })

  test('finds a node that was unplugged still unplugged', async () => {
    const { session, run, status } = await begin()
    await run('podlab node disconnect worker-1')
    await run('podlab apiserver restart')
    await session.advance(90_000)
    expect(status('worker-1', 'Ready')).toBe('Unknown')
    await run('podlab node connect worker-1')
    await session.advance(15_000)
    expect(status('worker-1', 'Ready')).toBe('True')
  })
})

describe('image registries that are down', () => {
  test('let pulls fail until they are back; images that are there still do', async () => {
    const { session, run, pods } = await begin(deployment(2))
    await run('podlab registry stop')
    await run('kubectl set image deployment web web=redis:7.2')
    // Between the second attempt and the third.
    await session.advance(20_000)
    const waiting = pods().map(p => p.status.containerStatuses?.[0]?.state?.waiting)
    expect(waiting.find(w => w)).toMatchObject({
      reason: 'ImagePullBackOff',
      message: expect.stringContaining(
        'failed to resolve image: unexpected status from HEAD request to https://registry-1.docker.io/v2/library/redis/manifests/7.2: 503 Service Unavailable',
      ),
    })
    await run('kubectl scale deployment web --replicas=3')
    await run('podlab registry start')
    await session.advance(300_000)
    expect(pods().map(p => [p.status.phase, p.spec.containers[0]!.image])).toEqual(
      Array(3).fill(['Running', 'redis:7.2']),
    )
  })
})

describe('a kubelet', () => {
  test('that is stopped leaves its containers running, and its node is not ready', async () => {
    const { session, run, pods, status } = await begin(deployment(2))
    await run('podlab kubelet stop worker-1')
    await session.advance(60_000)
    expect(status('worker-1', 'Ready')).toBe('Unknown')
    await run('podlab kubelet start worker-1')
    await session.advance(20_000)
    expect(status('worker-1', 'Ready')).toBe('True')
    expect(pods().map(p => p.status.containerStatuses![0]!.restartCount)).toEqual([0, 0])
  })

  test('cannot be started where there is no power', async () => {
    const { run } = await begin()
    await run('podlab node stop worker-1')
    expect(await run('podlab kubelet restart worker-1')).toContain('node "worker-1" has no power')
  })
})

describe('a node that runs out of something', () => {
  test.each([
    ['memory', 'MemoryPressure', 'memory-pressure'],
    ['disk', 'DiskPressure', 'disk-pressure'],
    ['pid', 'PIDPressure', 'pid-pressure'],
  ])('%s is tainted until it has enough again', async (resource, condition, taint) => {
    const { session, run, node, status } = await begin()
    await run(`podlab node pressure worker-1 ${resource}`)
    await session.advance(30_000)
    expect(status('worker-1', condition)).toBe('True')
    expect(node('worker-1').spec.taints).toMatchObject([{ key: `node.kubernetes.io/${taint}`, effect: 'NoSchedule' }])
    await run(`podlab node relieve worker-1 ${resource}`)
    await session.advance(400_000)
    expect(status('worker-1', condition)).toBe('False')
    expect(node('worker-1').spec.taints ?? []).toEqual([])
  })
})

test('every fault is in the record, and played again gives the same world', async () => {
  const { session, run, pods } = await begin(deployment(2))
  for (const command of [
    'apiserver restart',
    'node pressure worker-1 memory',
    'registry stop',
    'kubelet restart worker-2',
  ]) {
    await session.dispatch({ type: 'fault', command })
    await session.advance(7_000)
  }
  await run(`podlab container kill default/${pods()[0]!.metadata.name}/web`)
  await session.advance(20_000)
  expect((await replaySession(session.record(), undefined)).hash()).toBe(session.hash())
})
