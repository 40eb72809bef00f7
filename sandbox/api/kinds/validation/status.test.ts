/** Validation of the status of Jobs and Nodes, in Kubernetes' words. */
import { describe, expect, it } from 'vitest'
import { testApi } from '../../../http/testing.ts'

const JOBS = '/apis/batch/v1/namespaces/default/jobs'
const template = { spec: { restartPolicy: 'Never', containers: [{ name: 'c', image: 'busybox' }] } }
const MERGE = { 'content-type': 'application/merge-patch+json' }
const START = '2026-01-05T09:00:00Z'
const condition = (type: string, status = 'True') => ({ type, status })

async function job(spec: object = {}) {
  const { call } = testApi()
  expect((await call('POST', JOBS, { metadata: { name: 'a' }, spec: { template, ...spec } })).status).toBe(201)
  const patch = async (status: object): Promise<string[] | number> => {
    const { status: code, json } = await call('PATCH', `${JOBS}/a/status`, { status }, MERGE)
    const causes: { field: string; message: string }[] = json.details?.causes ?? []
    return code === 200 ? 200 : causes.map(c => `${c.field}: ${c.message}`)
  }
  return patch
}

describe("a Job's status", () => {
  it('may not speak of what cannot be', async () => {
    const patch = await job()
    expect(
      await patch({ active: -1, ready: 2, uncountedTerminatedPods: { succeeded: ['a', ''], failed: ['a'] } }),
    ).toEqual([
      'status.active: Invalid value: -1: must be greater than or equal to 0',
      'status.uncountedTerminatedPods.succeeded[1]: Invalid value: "": must not be empty',
      'status.uncountedTerminatedPods.failed[0]: Duplicate value: "a"',
      'status.ready: Invalid value: 2: cannot set more ready pods than active',
    ])
    expect(await patch({ completedIndexes: '0', failedIndexes: '' })).toEqual([
      'status.completedIndexes: Invalid value: "0": cannot set non-empty completedIndexes when non-indexed completion mode',
      'status.failedIndexes: Invalid value: "": cannot set non-null failedIndexes when backoffLimitPerIndex is null',
    ])
  })

  it('ends as a Job ends', async () => {
    const patch = await job()
    expect(await patch({ active: 1, conditions: [condition('Complete')] })).toEqual([
      'status.completionTime: Required value: completionTime is required for Complete jobs',
      'status.conditions: Invalid value: cannot set Complete=True condition without the SuccessCriteriaMet=true condition',
      'status.active: Invalid value: 1: active>0 is invalid for finished job',
      'status.startTime: Required value: startTime is required for finished job',
    ])
    const met = [condition('SuccessCriteriaMet')]
    expect(await patch({ startTime: START, succeeded: 1, conditions: met })).toBe(200)
    const done = [...met, condition('Complete')]
    expect(await patch({ completionTime: '2026-01-05T08:00:00Z', conditions: done })).toEqual([
      'status.completionTime: Invalid value: 2026-01-05 08:00:00 +0000 UTC: must be equal to or after `startTime`',
    ])
    expect(await patch({ completionTime: START, conditions: done })).toBe(200)
    expect(await patch({ completionTime: '2026-01-05T10:00:00Z', succeeded: 0, conditions: met })).toEqual([
      'status.completionTime: Invalid value: 2026-01-05 10:00:00 +0000 UTC: cannot set completionTime when there is no Complete=True condition',
      'status.conditions: Invalid value: cannot disable the terminal Complete=True condition',
      'status.succeeded: Invalid value: 0: cannot decrease the succeeded counter',
      'status.completionTime: Invalid value: 2026-01-05 10:00:00 +0000 UTC: field is immutable',
    ])
  })

  it('counts indexes that there are, and each once', async () => {
    const patch = await job({ completionMode: 'Indexed', completions: 5, backoffLimitPerIndex: 1 })
    const parsing = 'status.completedIndexes: Invalid value:'
    for (const [text, fault] of [
      [
        '1-2-3',
        `the fragment "1-2-3" violates the requirement that an index interval can have at most two parts separated by '-'`,
      ],
      ['x', 'cannot convert string to integer for index: "x"'],
      ['5', 'too large index: "5"'],
      ['2-1', 'non-increasing order, previous: 2, current: 1'],
      ['1,1', 'non-increasing order, previous: 1, current: 1'],
    ] as const)
      expect(await patch({ completedIndexes: text })).toEqual([
        `${parsing} ${JSON.stringify(text)}: error parsing completedIndexes: ${fault}`,
      ])
    expect(await patch({ completedIndexes: '0-2', failedIndexes: '2,4' })).toEqual([
      'status.failedIndexes: Invalid value: "2,4": failedIndexes and completedIndexes overlap at index: 2',
    ])
    expect(await patch({ completedIndexes: '0,2', failedIndexes: '1,4' })).toBe(200)
  })
})

it("a Node's status names each address once, and no amounts below zero", async () => {
  const { call } = testApi()
  await call('POST', '/api/v1/nodes', { metadata: { name: 'n' } })
  const address = { type: 'InternalIP', address: '10.0.0.1' }
  const status = { capacity: { pods: '1500m', memory: '-1' }, addresses: [address, address] }
  const { json } = await call('PATCH', '/api/v1/nodes/n/status', { status }, MERGE)
  expect(json.details.causes.map((c: { field: string; message: string }) => `${c.field}: ${c.message}`)).toEqual([
    'status.capacity.memory: Invalid value: "-1": must be greater than or equal to 0',
    'status.capacity.pods: Invalid value: "1500m": must be an integer',
    // What is allocatable is the capacity where nobody says otherwise.
    'status.allocatable.memory: Invalid value: "-1": must be greater than or equal to 0',
    'status.allocatable.pods: Invalid value: "1500m": must be an integer',
    'status.addresses[1]: Duplicate value: {"Type":"InternalIP","Address":"10.0.0.1"}',
  ])
})

describe('the status of others', () => {
  const causes = (json: { details: { causes: { field: string; message: string }[] } }): string[] =>
    json.details.causes.map(c => `${c.field}: ${c.message}`)

  it('a Service has a load balancer only when it asks for one, whose addresses are its own', async () => {
    const { call } = testApi()
    const path = '/api/v1/namespaces/default/services'
    for (const type of ['ClusterIP', 'LoadBalancer'])
      await call('POST', path, { metadata: { name: type.toLowerCase() }, spec: { type, ports: [{ port: 80 }] } })
    const told = (name: string, ...ingress: object[]) =>
      call('PATCH', `${path}/${name}/status`, { status: { loadBalancer: { ingress } } }, MERGE)
    expect(causes((await told('clusterip', { ip: '1.2.3.4' })).json)).toEqual([
      "status.loadBalancer.ingress: Forbidden: may only be used when `spec.type` is 'LoadBalancer'",
    ])
    expect(causes((await told('loadbalancer', { ip: 'x' }, { hostname: '1.2.3.4', ipMode: 'VIP' })).json)).toEqual([
      'status.loadBalancer.ingress[0].ip: Invalid value: "x": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)',
      'status.loadBalancer.ingress[1].ipMode: Forbidden: may not be specified when `ip` is not set',
      'status.loadBalancer.ingress[1].hostname: Invalid value: "1.2.3.4": must be a DNS name, not an IP address',
    ])
    const { json } = await told('loadbalancer', { ip: '1.2.3.4' })
    expect(json.status.loadBalancer.ingress).toEqual([{ ip: '1.2.3.4', ipMode: 'VIP' }])
  })

  it('a namespace is active until it is deleted', async () => {
    const { call } = testApi()
    const path = '/api/v1/namespaces/default/status'
    expect(causes((await call('PATCH', path, { status: { phase: 'Terminating' } }, MERGE)).json)).toEqual([
      'status.Phase: Invalid value: "Terminating": may only be \'Active\' if `deletionTimestamp` is empty',
    ])
  })
})

it('an IngressClass names its controller by domain and path, for good', async () => {
  const { call } = testApi()
  const path = '/apis/networking.k8s.io/v1/ingressclasses'
  const spec = { controller: 'nginx', parameters: { kind: 'K', name: '', scope: 'Namespace' } }
  const { json } = await call('POST', path, { metadata: { name: 'a' }, spec })
  expect(json.message).toBe(
    'IngressClass.networking.k8s.io "a" is invalid: [spec.controller: Invalid value: "nginx": must be a domain-prefixed path (such as "acme.io/foo"), spec.parameters.name: Required value, spec.parameters.namespace: Required value: `parameters.scope` is set to \'Namespace\']',
  )
  await call('POST', path, { metadata: { name: 'a' }, spec: { controller: 'k8s.io/a' } })
  const changed = await call('PATCH', `${path}/a`, { spec: { controller: 'k8s.io/b' } }, MERGE)
  expect(changed.json.message).toContain('spec.controller: Invalid value: "k8s.io/b": field is immutable')
})
