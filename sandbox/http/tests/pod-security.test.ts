/** Namespaces that ask their Pods to be secure. */
import { beforeEach, describe, expect, it } from 'vitest'
import { testApi } from '../testing.ts'

const PODS = '/api/v1/namespaces/apps/pods'
const LABEL = 'pod-security.kubernetes.io/'
const patch = { 'content-type': 'application/merge-patch+json' }

const pod = (name: string, spec: object = {}, container: object = {}) => ({
  metadata: { name },
  spec: { containers: [{ name: 'app', image: 'nginx', ...container }], ...spec },
})
const SECURE = {
  securityContext: {
    allowPrivilegeEscalation: false,
    runAsNonRoot: true,
    capabilities: { drop: ['ALL'] },
    seccompProfile: { type: 'RuntimeDefault' },
  },
}

let call: ReturnType<typeof testApi>['call']

async function namespace(labels: Record<string, string>) {
  const made = await call('POST', '/api/v1/namespaces', { metadata: { name: 'apps', labels } })
  await call('POST', '/api/v1/namespaces/apps/serviceaccounts', { metadata: { name: 'default' } })
  return made
}

beforeEach(() => {
  ;({ call } = testApi())
})

describe('a namespace that enforces', () => {
  it('restricted takes only Pods that renounce everything', async () => {
    await namespace({ [`${LABEL}enforce`]: 'restricted' })
    const { status, json } = await call('POST', PODS, pod('plain'))
    expect(status).toBe(403)
    expect(json.message).toBe(
      'pods "plain" is forbidden: violates PodSecurity "restricted:latest": allowPrivilegeEscalation != false (container "app" must set securityContext.allowPrivilegeEscalation=false), unrestricted capabilities (container "app" must set securityContext.capabilities.drop=["ALL"]), runAsNonRoot != true (pod or container "app" must set securityContext.runAsNonRoot=true), seccompProfile (pod or container "app" must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost")',
    )
    expect((await call('POST', PODS, pod('secure', {}, SECURE))).status).toBe(201)
  })

  it('baseline refuses what reaches the node', async () => {
    await namespace({ [`${LABEL}enforce`]: 'baseline', [`${LABEL}enforce-version`]: 'v1.30' })
    expect((await call('POST', PODS, pod('plain'))).status).toBe(201)
    const bad = pod(
      'bad',
      { hostNetwork: true, hostPID: true, volumes: [{ name: 'root', hostPath: { path: '/' } }] },
      {
        securityContext: { privileged: true, capabilities: { add: ['SYS_ADMIN', 'NET_RAW'] } },
        ports: [{ containerPort: 80, hostPort: 80 }],
      },
    )
    expect((await call('POST', PODS, bad)).json.message).toBe(
      'pods "bad" is forbidden: violates PodSecurity "baseline:v1.30": non-default capabilities (container "app" must not include "NET_RAW", "SYS_ADMIN" in securityContext.capabilities.add), host namespaces (hostNetwork=true, hostPID=true), hostPath volumes (volume "root"), hostPort (container "app" uses hostPort 80), privileged (container "app" must not set securityContext.privileged=true)',
    )
  })

  it('and one check speaks for another of the lower level', async () => {
    await namespace({ [`${LABEL}enforce`]: 'restricted' })
    const bad = pod(
      'bad',
      { volumes: [{ name: 'root', hostPath: { path: '/' } }], securityContext: { runAsUser: 0 } },
      {
        securityContext: { ...SECURE.securityContext, capabilities: { drop: ['ALL'], add: ['NET_RAW'] } },
      },
    )
    expect((await call('POST', PODS, bad)).json.message).toBe(
      'pods "bad" is forbidden: violates PodSecurity "restricted:latest": unrestricted capabilities (container "app" must not include "NET_RAW" in securityContext.capabilities.add), restricted volume types (volume "root" uses restricted volume type "hostPath"), runAsUser=0 (pod must not set runAsUser=0)',
    )
  })
})

it('authors of templates are warned of what the namespace enforces, unless it says what to warn of', async () => {
  const template = { metadata: { labels: { app: 'web' } }, spec: pod('a', { hostIPC: true }).spec }
  const deployment = {
    metadata: { name: 'web' },
    spec: { selector: { matchLabels: { app: 'web' } }, template },
  }
  const warning = async () =>
    (await call('POST', '/apis/apps/v1/namespaces/apps/deployments?dryRun=All', deployment)).headers.get('warning')
  const label = (labels: Record<string, string>) =>
    call('PATCH', '/api/v1/namespaces/apps', { metadata: { labels } }, patch)
  const violated = 'host namespaces (hostIPC=true)"'
  await namespace({ [`${LABEL}enforce`]: 'baseline', [`${LABEL}enforce-version`]: 'v1.30' })
  expect(await warning()).toBe(`299 - "would violate PodSecurity \\"baseline:v1.30\\": ${violated}`)
  await label({ [`${LABEL}warn-version`]: 'v1.29' })
  expect(await warning()).toBe(`299 - "would violate PodSecurity \\"baseline:v1.29\\": ${violated}`)
  await label({ [`${LABEL}warn`]: 'privileged' })
  expect(await warning()).toBeNull()
})

it('a namespace that only warns lets Pods in, and warns of templates too', async () => {
  await namespace({ [`${LABEL}warn`]: 'baseline' })
  const spec = { hostIPC: true }
  const { status, headers } = await call('POST', PODS, pod('a', spec))
  expect(status).toBe(201)
  const warning = '299 - "would violate PodSecurity \\"baseline:latest\\": host namespaces (hostIPC=true)"'
  expect(headers.get('warning')).toBe(warning)
  const deployment = {
    metadata: { name: 'web' },
    spec: {
      selector: { matchLabels: { app: 'web' } },
      template: { metadata: { labels: { app: 'web' } }, spec: pod('a', spec).spec },
    },
  }
  const made = await call('POST', '/apis/apps/v1/namespaces/apps/deployments', deployment)
  expect(made.headers.get('warning')).toBe(warning)
})

it('a level that comes later names the Pods that it would have refused', async () => {
  await namespace({})
  await call('POST', PODS, pod('a', { hostIPC: true }))
  await call('POST', PODS, pod('b', { hostPID: true }))
  const labels = { [`${LABEL}enforce`]: 'baseline' }
  const { status, headers } = await call('PATCH', '/api/v1/namespaces/apps', { metadata: { labels } }, patch)
  expect(status).toBe(200)
  expect(headers.get('warning')).toBe(
    '299 - "existing pods in namespace \\"apps\\" violate the new PodSecurity enforce level \\"baseline:latest\\"", 299 - "a (and 1 other pod): host namespaces"',
  )
})

it('labels have to make sense', async () => {
  const { status, json } = await namespace({ [`${LABEL}enforce`]: 'strict', [`${LABEL}warn-version`]: '1.30' })
  expect(status).toBe(422)
  expect(json.message).toBe(
    'Namespace "apps" is invalid: [metadata.labels[pod-security.kubernetes.io/enforce]: Invalid value: "strict": must be one of privileged, baseline, restricted, metadata.labels[pod-security.kubernetes.io/warn-version]: Invalid value: "1.30": must be "latest" or "v1.x"]',
  )
})
