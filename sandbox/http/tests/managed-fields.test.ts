/** Managed fields: of clients, and of the parts of the control plane, whose writes are noted in short. */
import { describe, expect, it } from 'vitest'
import { InProcessClient } from '../../api/in-process.ts'
import { configMap } from '../../api/kinds/configmap.ts'
import { deployment } from '../../api/kinds/deployment.ts'
import { pod } from '../../api/kinds/pod/index.ts'
import type { Deployment } from '../../api/types.ts'
import { testApi } from '../testing.ts'

const DEPLOYMENTS = '/apis/apps/v1/namespaces/default/deployments'
const APPLY = { 'content-type': 'application/apply-patch+yaml' }
const template = {
  metadata: { labels: { app: 'web' } },
  spec: { containers: [{ name: 'web', image: 'nginx', ports: [{ containerPort: 80 }] }] },
}
const web = { metadata: { name: 'web' }, spec: { selector: { matchLabels: { app: 'web' } }, template } }

function cluster() {
  const api = testApi()
  const client = new InProcessClient(api.server)
  const as = (name: string) => client.as(`system:serviceaccount:kube-system:${name}`)
  return { ...api, controller: as('deployment-controller'), scaler: as('horizontal-pod-autoscaler'), client }
}

interface Entry {
  manager: string
  operation: string
  subresource?: string
  fieldsV1: Record<string, Record<string, unknown>>
}
const who = (entries: Entry[]): string[] =>
  entries.map(e => [e.manager, e.operation, e.subresource].filter(Boolean).join(' '))

describe('managedFields', () => {
  it('of a Pod say that a controller made it and a kubelet keeps its status; admission owns nothing', async () => {
    const { server, call, controller, client } = cluster()
    server.create(server.registry.resource('serviceaccounts')!, 'default', { metadata: { name: 'default' } })
    const owner = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web-1', uid: '1', controller: true }
    const { metadata, spec } = template
    const made = controller.create(pod, {
      metadata: { namespace: 'default', generateName: 'web-1-', labels: metadata.labels, ownerReferences: [owner] },
      spec,
    })
    client.as('system:kube-scheduler').bind('default', made.metadata.name, 'node-1')
    const bound = client.get(pod, 'default', made.metadata.name)
    client
      .as('system:node:node-1')
      .updateStatus(pod, { ...bound, status: { ...bound.status, phase: 'Running', podIP: '10.0.0.1' } })
    const { json } = await call('GET', `/api/v1/namespaces/default/pods/${made.metadata.name}`)
    expect(json.spec.volumes).toHaveLength(1)
    const [maker, kubelet, ...others] = json.metadata.managedFields
    expect(others).toEqual([])
    expect(maker).toMatchObject({ manager: 'kube-controller-manager', operation: 'Update', apiVersion: 'v1' })
    expect(maker.fieldsV1).toEqual({
      'f:metadata': {
        'f:generateName': {},
        'f:labels': { '.': {}, 'f:app': {} },
        'f:ownerReferences': { '.': {}, 'k:{"uid":"1"}': {} },
      },
      'f:spec': {
        'f:containers': {
          'k:{"name":"web"}': {
            '.': {},
            'f:image': {},
            'f:imagePullPolicy': {},
            'f:name': {},
            'f:ports': {
              '.': {},
              'k:{"containerPort":80,"protocol":"TCP"}': { '.': {}, 'f:containerPort': {}, 'f:protocol': {} },
            },
            'f:resources': {},
            'f:terminationMessagePath': {},
            'f:terminationMessagePolicy': {},
          },
        },
        'f:dnsPolicy': {},
        'f:enableServiceLinks': {},
        'f:restartPolicy': {},
        'f:schedulerName': {},
        'f:securityContext': {},
        'f:terminationGracePeriodSeconds': {},
      },
    })
    expect(kubelet).toMatchObject({
      manager: 'kubelet',
      subresource: 'status',
      fieldsV1: { 'f:status': { 'f:phase': {}, 'f:podIP': {} } },
    })
  })

  it('keep what a client owns while controllers write', async () => {
    const { call, controller } = cluster()
    await call('POST', `${DEPLOYMENTS}?fieldManager=kubectl-create`, web)
    const old = controller.get(deployment, 'default', 'web')
    controller.patch(
      deployment,
      'default',
      'web',
      { metadata: { annotations: { 'deployment.kubernetes.io/revision': '1' } }, status: { replicas: 1 } },
      'status',
    )
    expect(old.metadata.managedFields).toHaveLength(1)
    const { json } = await call('GET', `${DEPLOYMENTS}/web`)
    expect(who(json.metadata.managedFields)).toEqual(['kube-controller-manager Update status', 'kubectl-create Update'])
    expect(json.metadata.managedFields[0].fieldsV1).toEqual({
      'f:metadata': { 'f:annotations': { '.': {}, 'f:deployment.kubernetes.io/revision': {} } },
      'f:status': { 'f:replicas': {} },
    })
    const { 'f:spec': spec } = json.metadata.managedFields[1].fieldsV1
    expect(spec['f:strategy']).toEqual({
      'f:rollingUpdate': { '.': {}, 'f:maxSurge': {}, 'f:maxUnavailable': {} },
      'f:type': {},
    })
  })

  it('tell who goes by an applied size: the autoscaler, or whoever scaled', async () => {
    const { call, scaler } = cluster()
    await call('POST', `${DEPLOYMENTS}?fieldManager=kubectl-create`, web)
    const config = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' }, spec: { replicas: 2 } }
    const apply = () => call('PATCH', `${DEPLOYMENTS}/web?fieldManager=team`, config, APPLY)
    scaler.patch(deployment, 'default', 'web', { spec: { replicas: 5 } }, 'scale')
    expect((await apply()).json.message).toBe(
      'Apply failed with 1 conflict: conflict with "kube-controller-manager" with subresource "scale" using apps/v1: .spec.replicas',
    )
    const merge = { 'content-type': 'application/merge-patch+json' }
    await call('PATCH', `${DEPLOYMENTS}/web/scale?fieldManager=kubectl`, { spec: { replicas: 4 } }, merge)
    expect((await apply()).json.message).toBe(
      'Apply failed with 1 conflict: conflict with "kubectl" with subresource "scale" using apps/v1: .spec.replicas',
    )
    const forced = await call('PATCH', `${DEPLOYMENTS}/web?fieldManager=team&force=true`, config, APPLY)
    expect(forced.json.spec.replicas).toBe(2)
    expect(who(forced.json.metadata.managedFields)).toEqual(['team Apply', 'kubectl-create Update'])
  })

  it('may be of a Scale that is applied', async () => {
    const { call } = cluster()
    await call('POST', `${DEPLOYMENTS}?fieldManager=kubectl-create`, web)
    const scale = (replicas: number, manager: string) =>
      call(
        'PATCH',
        `${DEPLOYMENTS}/web/scale?fieldManager=${manager}`,
        { apiVersion: 'autoscaling/v1', kind: 'Scale', metadata: { name: 'web' }, spec: { replicas } },
        APPLY,
      )
    expect((await scale(3, 'a')).json.message).toContain(
      'conflict with "kubectl-create" using autoscaling/v1: .spec.replicas',
    )
    expect((await scale(1, 'a')).json).toMatchObject({ kind: 'Scale', spec: { replicas: 1 } })
    const { json } = await call('GET', `${DEPLOYMENTS}/web`)
    expect(json.metadata.managedFields[0]).toMatchObject({
      manager: 'a',
      operation: 'Apply',
      subresource: 'scale',
      fieldsV1: { 'f:spec': { 'f:replicas': {} } },
    })
    expect((await scale(2, 'b')).json.message).toContain('Apply failed with 2 conflicts')
  })

  it('are the same, however often somebody has looked', async () => {
    const change = async (looks: boolean): Promise<unknown> => {
      const { call, clock, client } = cluster()
      const path = '/api/v1/namespaces/default/configmaps/a'
      client.create(configMap, { metadata: { name: 'a', namespace: 'default' }, data: { x: '0', y: '' } })
      for (let i = 0; i < 40; i++) {
        const writer = i % 3 ? client.as('system:node:n') : client.as('system:serviceaccount:kube-system:x')
        // Some of it is taken back by the same writer at once.
        writer.patch(configMap, 'default', 'a', { data: { x: `${i}`, [`k${i % 7}`]: i % 5 ? `${i}` : null } })
        writer.patch(configMap, 'default', 'a', { data: { y: `${i}` } })
        if (looks) await call('GET', path)
        writer.patch(configMap, 'default', 'a', { data: { y: '' } })
        await clock.advance(1000)
        if (looks) await call('GET', path)
      }
      return (await call('GET', path)).json.metadata.managedFields
    }
    expect(await change(true)).toEqual(await change(false))
  })

  it('of a workload that is deleted are told with it', async () => {
    const { call, controller } = cluster()
    controller.create(deployment, { ...web, metadata: { name: 'web', namespace: 'default' } } as unknown as Deployment)
    const query = 'propagationPolicy=Foreground'
    const { json } = await call('DELETE', `${DEPLOYMENTS}/web?${query}`)
    expect(who(json.metadata.managedFields)).toEqual(['kube-controller-manager Update'])
  })
})
