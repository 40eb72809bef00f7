/** Probes against the programs of a whole cluster. */
import { describe, expect, it } from 'vitest'
import { pod as podKind } from '../../api/kinds/pod/index.ts'
import { AGNHOST, BUSYBOX, world } from '../testing.ts'

const probed = (probe: object, args: readonly string[] = ['liveness']) => ({
  containers: [
    {
      name: 'main',
      image: AGNHOST,
      args,
      livenessProbe: { periodSeconds: 2, failureThreshold: 1, timeoutSeconds: 3, ...probe },
    },
  ],
})
const restarts = (pod: { status: { containerStatuses?: readonly { restartCount: number }[] | undefined } }) =>
  pod.status.containerStatuses?.[0]?.restartCount

describe('a liveness probe by HTTP', () => {
  it('follows a redirect within the Pod, and finds it sick', async () => {
    const w = await world()
    const get = { path: '/redirect?loc=%2Fhealthz', port: 8080 }
    await w.run('local', probed({ httpGet: get }), { seconds: 40 })
    expect(restarts(w.pod('local'))).toBeGreaterThan(0)
  })

  it('does not follow a redirect elsewhere, and warns', async () => {
    const w = await world()
    const get = { path: '/redirect?loc=http%3A%2F%2F0.0.0.0%2F', port: 8080 }
    await w.run('elsewhere', probed({ httpGet: get }), { seconds: 40 })
    expect(restarts(w.pod('elsewhere'))).toBe(0)
    expect(w.events('elsewhere').join('\n')).toContain(
      'ProbeWarning: Liveness probe warning: Probe terminated redirects, Response body: <a href="http://0.0.0.0/">Found</a>.',
    )
  })
})

describe('a liveness probe by a command', () => {
  it('that takes too long fails, and says which command had how much time', async () => {
    const w = await world()
    const slow = { exec: { command: ['sh', '-c', 'echo half; sleep 9'] }, timeoutSeconds: 1 }
    await w.run('slow', probed(slow), { seconds: 10 })
    expect(w.events('slow').join('\n')).toContain(
      'Liveness probe failed: command timed out: "sh -c echo half; sleep 9" timed out after 1s',
    )
  })
})

describe('a liveness probe by gRPC', () => {
  it('asks the service of its name, and finds out when it no longer serves', async () => {
    const w = await world()
    await w.run('healthy', probed({ grpc: { port: 5000 } }, ['grpc-health-checking']), { seconds: 30 })
    expect(restarts(w.pod('healthy'))).toBe(0)
    const sick = ['grpc-health-checking', '--port=2333', '--delay-unhealthy-sec=5']
    await w.run('sick', probed({ grpc: { port: 2333 } }, sick), { seconds: 30 })
    expect(restarts(w.pod('sick'))).toBeGreaterThan(0)
    expect(w.events('sick').join('\n')).toContain('service unhealthy (responded with "NOT_SERVING")')
  })
})

describe('hooks', () => {
  it('reach other Pods: by a command, and by HTTP through the Pod itself', async () => {
    const w = await world()
    await w.run('handler', { containers: [{ name: 'main', image: AGNHOST, args: ['netexec'] }] })
    const { podIP } = w.pod('handler').status
    await w.run('hooked', {
      terminationGracePeriodSeconds: 15,
      containers: [
        {
          name: 'main',
          image: AGNHOST,
          args: ['netexec', '--udp-port', '-1'],
          lifecycle: {
            postStart: { exec: { command: ['sh', '-c', `curl http://${podIP}:8080/echo?msg=poststart`] } },
            preStop: { httpGet: { path: `/dial?host=${podIP}&port=8080&request=echo%3Fmsg%3Dprestop`, port: 8080 } },
          },
        },
      ],
    })
    expect(w.logs('handler')).toContain('GET /echo?msg=poststart')
    w.cluster.client.delete(podKind, 'default', 'hooked')
    await w.wait(20)
    expect(w.logs('handler')).toContain('GET /echo?msg=prestop')
  })

  it('are waited for as long as it takes: a server that never answers holds the Pod, whether or not that is deleted', async () => {
    const w = await world()
    const mute = { name: 'mute', image: BUSYBOX, command: ['sh', '-c', 'sleep 1d | nc -l -p 80 >/dev/null'] }
    const postStart = { httpGet: { path: '/', port: 80 } }
    const hooked = { name: 'hooked', image: BUSYBOX, command: ['sleep', '1d'], lifecycle: { postStart } }
    await w.run('held', { terminationGracePeriodSeconds: 1, containers: [mute, hooked] }, { seconds: 60 })
    expect(w.events('held').join('\n')).not.toContain('FailedPostStartHook')
    w.cluster.client.delete(podKind, 'default', 'held')
    await w.wait(60)
    expect(w.pod('held').metadata.deletionTimestamp).toBeDefined()
    w.cluster.kubelets.get(w.pod('held').spec.nodeName!)!.killContainer('default', 'held', 'mute')
    await w.wait(20)
    expect(w.events('held').join('\n')).toContain('FailedPostStartHook')
    expect(w.cluster.client.find(podKind, 'default', 'held')).toBeUndefined()
  })
})
