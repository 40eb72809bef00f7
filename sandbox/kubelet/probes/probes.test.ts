/** The prober: startup, readiness and liveness. */
import { describe, expect, it } from 'vitest'
import { testNode } from '../testing.ts'

describe('probes', () => {
  it('make a Pod ready when they succeed, and unready after enough failures', async () => {
    const node = testNode()
    const readinessProbe = {
      exec: { command: ['cat', '/ready'] },
      periodSeconds: 1,
      failureThreshold: 2,
      timeoutSeconds: 1,
      successThreshold: 1,
    }
    node.run('web', { containers: [{ readinessProbe }] })
    await node.pass(4)
    expect(node.state('web').ready).toBe(false)
    expect(node.events('web')).toContain(
      "Unhealthy: Readiness probe failed: cat: can't open '/ready': No such file or directory\n",
    )
    node.runtime.find('app').files.set('/ready', '')
    await node.pass(2)
    expect(node.state('web').ready).toBe(true)
    node.runtime.find('app').files.clear()
    await node.pass(3)
    expect(node.state('web').ready).toBe(false)
  })

  it('restart a container that is no longer alive', async () => {
    const node = testNode()
    const livenessProbe = {
      httpGet: { port: 80, path: '/' },
      periodSeconds: 2,
      failureThreshold: 2,
      timeoutSeconds: 1,
      successThreshold: 1,
    }
    node.run('web', { containers: [{ livenessProbe }] })
    await node.pass(5)
    node.runtime.dial = { ok: true, status: 500 }
    await node.pass(6)
    expect(node.state('web').restartCount).toBe(1)
    expect(node.events('web')).toContain('Unhealthy: Liveness probe failed: HTTP probe failed with statuscode: 500')
    expect(node.events('web')).toContain('Killing: Container app failed liveness probe, will be restarted')

    node.run('once', { restartPolicy: 'Never', containers: [{ livenessProbe }] })
    await node.pass(30)
    const killings = node.events('once').filter(event => event.startsWith('Killing'))
    expect(killings, 'with its only container a Pod that starts nothing again is stopped').toEqual([
      'Killing: Stopping container app',
    ])
  })

  it('wait for the startup probe', async () => {
    const node = testNode()
    const probe = { periodSeconds: 1, failureThreshold: 30, timeoutSeconds: 1, successThreshold: 1 }
    node.run('web', {
      containers: [
        {
          startupProbe: { ...probe, exec: { command: ['cat', '/up'] } },
          readinessProbe: { ...probe, exec: { command: ['true'] } },
        },
      ],
    })
    await node.pass(5)
    expect(node.state('web')).toMatchObject({ started: false, ready: false })
    node.runtime.find('app').files.set('/up', '')
    await node.pass(3)
    expect(node.state('web')).toMatchObject({ started: true, ready: true })
  })
})
