/** Admission webhooks as the conformance suite deploys them: agnhost in a Pod behind a Service, asked by TLS. */
import { describe, expect, it } from 'vitest'
import { ADMIN } from '../../api/authentication/user.ts'
import { deployment } from '../../api/kinds/deployment.ts'
import { event } from '../../api/kinds/event.ts'
import { pod } from '../../api/kinds/pod/index.ts'
import { replicaSet } from '../../api/kinds/replicaset.ts'
import { AUTHORITY } from '../testdata/certificates.ts'
import { AGNHOST, type World } from '../testing.ts'
import { type Answer, ask, CORE, FILES, withServer as start, withContainer } from '../testing-webhooks.ts'

const ADMISSION = '/apis/admissionregistration.k8s.io/v1'
const SERVICE = 'e2e-test-webhook'

const withServer = (more: readonly string[] = []): Promise<World> => start('webhook', SERVICE, more)

const rule = (resources: string, operations = ['CREATE'], apiGroups = ['']) => ({
  operations,
  apiGroups,
  apiVersions: ['v1'],
  resources: [resources],
})

const hook = (name: string, path: string, rules: object[], more: object = {}) => ({
  name,
  rules,
  clientConfig: { service: { name: SERVICE, namespace: 'default', path, port: 8443 }, caBundle: btoa(AUTHORITY) },
  sideEffects: 'None',
  admissionReviewVersions: ['v1', 'v1beta1'],
  ...more,
})

const validating = (w: World, ...webhooks: object[]): Promise<Answer> =>
  ask(w, 'POST', `${ADMISSION}/validatingwebhookconfigurations`, { metadata: { name: 'judges' }, webhooks })
const mutating = (w: World, ...webhooks: object[]): Promise<Answer> =>
  ask(w, 'POST', `${ADMISSION}/mutatingwebhookconfigurations`, { metadata: { name: 'changers' }, webhooks })

const configMap = (name: string, data: object, labels = {}) => ({ metadata: { name, labels }, data })
const simple = { containers: [{ name: 'main', image: AGNHOST, args: ['pause'] }] }

describe('a validating webhook', () => {
  it('denies what it does not like, in its own words, whatever the verb', async () => {
    const w = await withServer()
    const rules = [rule('configmaps', ['CREATE', 'UPDATE', 'DELETE'])]
    expect((await validating(w, hook('deny-data.k8s.io', '/configmaps', rules))).status).toBe(201)
    const why = 'the configmap contains unwanted key and value'
    const bad = { 'webhook-e2e-test': 'webhook-disallow' }
    const refused = await ask(w, 'POST', `${CORE}/configmaps`, configMap('bad', bad))
    expect(refused.json).toEqual({
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message: `admission webhook "deny-data.k8s.io" denied the request: ${why}`,
      reason: why,
      code: 400,
    })
    expect((await ask(w, 'POST', `${CORE}/configmaps`, configMap('good', { a: 'b' }))).status).toBe(201)
    const patched = await ask(
      w,
      'PATCH',
      `${CORE}/configmaps/good`,
      { data: bad },
      'application/strategic-merge-patch+json',
    )
    expect(patched.json.message).toContain(why)
    const stays = configMap('stays', { 'webhook-e2e-test': 'webhook-nondeletable' })
    await ask(w, 'POST', `${CORE}/configmaps`, stays)
    expect((await ask(w, 'DELETE', `${CORE}/configmaps/stays`)).json.message).toContain('cannot be deleted')
    expect((await ask(w, 'DELETE', `${CORE}/configmaps/good`)).status).toBe(200)
  })

  it('may take its time, but not longer than it is given', async () => {
    const w = await withServer()
    const path = `${ADMISSION}/validatingwebhookconfigurations`
    const slow = (more: object) => hook('slow.k8s.io', '/always-allow-delay-5s', [rule('configmaps')], more)
    const make = (name: string) => ask(w, 'POST', `${CORE}/configmaps`, configMap(name, {}))
    await validating(w, slow({ timeoutSeconds: 1 }))
    const { status, json } = await make('late')
    expect([status, json.message]).toEqual([
      500,
      `Internal error occurred: failed calling webhook "slow.k8s.io": failed to call webhook: Post "https://${SERVICE}.default.svc:8443/always-allow-delay-5s?timeout=1s": context deadline exceeded`,
    ])
    await ask(w, 'DELETE', `${path}/judges`)
    await validating(w, slow({ timeoutSeconds: 1, failurePolicy: 'Ignore' }))
    expect((await make('ignored')).status).toBe(201)
    await ask(w, 'DELETE', `${path}/judges`)
    await validating(w, slow({ timeoutSeconds: 10 }))
    const began = w.cluster.clock.now()
    expect((await make('patient')).status).toBe(201)
    expect(w.cluster.clock.now() - began).toBeGreaterThan(5000)
  })

  it('is believed only when its certificate is of the authority that the configuration names', async () => {
    const w = await withServer()
    const { service } = hook('x', '/configmaps', []).clientConfig
    await validating(w, hook('untrusted.k8s.io', '/configmaps', [rule('configmaps')], { clientConfig: { service } }))
    const { json } = await ask(w, 'POST', `${CORE}/configmaps`, configMap('a', {}))
    expect(json.message).toMatch(/tls: failed to verify certificate: x509: certificate signed by unknown authority$/)
    await ask(w, 'DELETE', `${ADMISSION}/validatingwebhookconfigurations/judges`)
    await validating(
      w,
      hook('away.k8s.io', '', [rule('configmaps')], { clientConfig: { url: 'https://hooks.example/x' } }),
    )
    expect((await ask(w, 'POST', `${CORE}/configmaps`, configMap('a', {}))).json.message).toMatch(
      /Post "https:\/\/hooks.example\/x\?timeout=10s": dial tcp: lookup hooks.example on 192.168.49.1:53: no such host$/,
    )
  })

  it('sees an attachment, with what it asks for', async () => {
    const w = await withServer()
    await validating(w, hook('no-attach.k8s.io', '/pods/attach', [rule('pods/attach', ['CONNECT'])]))
    await w.run('to-be-attached-pod', { containers: [{ name: 'container1', image: AGNHOST, args: ['pause'] }] })
    const { connecting } = await import('../../http/proxy/connect.ts')
    const attach = async (query: string): Promise<unknown> => {
      let seen: unknown
      w.cluster.server.outside.carry(
        () =>
          connecting(w.cluster.server, {
            method: 'GET',
            url: `${CORE}/pods/to-be-attached-pod/attach?${query}`,
            headers: {},
            body: '',
            user: ADMIN,
          }),
        outcome => {
          seen = 'error' in outcome ? (outcome.error as Error).message : outcome.value?.subresource
        },
      )
      await w.wait(1)
      return seen
    }
    expect(await attach('stdin=1&stdout=1&container=container1')).toBe(
      `admission webhook "no-attach.k8s.io" denied the request: attaching to pod 'to-be-attached-pod' is not allowed`,
    )
    expect(await attach('stdout=1&container=container1')).toBe('attach')
  })

  it('is told of a dry run, or not asked when it cannot tell', async () => {
    const w = await withServer()
    const some = hook('effects.k8s.io', '/always-deny', [rule('configmaps')], { sideEffects: 'NoneOnDryRun' })
    await validating(w, some)
    const dry = await ask(w, 'POST', `${CORE}/configmaps?dryRun=All`, configMap('a', {}))
    expect(dry.json.message).toBe(
      'admission webhook "effects.k8s.io" denied the request: this webhook denies all requests',
    )
  })
})

describe('a mutating webhook', () => {
  it('changes what comes in, and the next one sees the change', async () => {
    const w = await withServer()
    const rules = [rule('configmaps')]
    await mutating(
      w,
      hook('stage-1.k8s.io', '/mutating-configmaps', rules),
      hook('stage-2.k8s.io', '/mutating-configmaps', rules),
    )
    const { status, json } = await ask(w, 'POST', `${CORE}/configmaps`, configMap('a', { 'mutation-start': 'yes' }))
    expect(status).toBe(201)
    expect(json.data).toEqual({ 'mutation-start': 'yes', 'mutation-stage-1': 'yes', 'mutation-stage-2': 'yes' })
  })

  it('adds a container, which gets its defaults and what admission gives to every container', async () => {
    const w = await withServer()
    await mutating(w, hook('init.k8s.io', '/mutating-pods', [rule('pods')]))
    const made = await ask(w, 'POST', `${CORE}/pods`, { metadata: { name: 'webhook-to-be-mutated' }, spec: simple })
    const [added] = made.json.spec.initContainers
    expect(added).toMatchObject({
      name: 'webhook-added-init-container',
      imagePullPolicy: 'Always',
      terminationMessagePolicy: 'File',
      volumeMounts: [{ mountPath: '/var/run/secrets/kubernetes.io/serviceaccount' }],
    })
    expect(made.json.spec.volumes).toHaveLength(1)
  })

  it('puts a sidecar into the Pods that a controller makes, which waits for it', async () => {
    const w = await withServer([`--sidecar-image=${AGNHOST}`])
    await mutating(w, hook('sidecar.k8s.io', '/mutating-pods-sidecar', [rule('pods')]))
    const { client } = w.cluster
    client.create(deployment, {
      metadata: { name: 'web', namespace: 'default' },
      spec: {
        replicas: 3,
        selector: { matchLabels: { app: 'web' } },
        template: { metadata: { labels: { app: 'web' } }, spec: simple },
      },
    })
    await w.wait(10)
    const pods = client.list(pod, { namespace: 'default', labelSelector: 'app=web' })
    expect(pods.map(p => p.spec.containers.map(c => c.name))).toEqual(Array(3).fill(['main', 'webhook-added-sidecar']))
    const said = client.list(event, { namespace: 'default' }).filter(e => e.reason === 'SuccessfulCreate')
    expect(said.map(e => e.message).sort()).toEqual(pods.map(p => `Created pod: ${p.metadata.name}`).sort())
  })

  it('that denies every Pod leaves a ReplicaSet without, and says why', async () => {
    const w = await withServer()
    await validating(w, hook('no.k8s.io', '/always-deny', [rule('pods')]))
    const { client } = w.cluster
    client.create(deployment, {
      metadata: { name: 'web', namespace: 'default' },
      spec: {
        replicas: 1,
        selector: { matchLabels: { app: 'web' } },
        template: { metadata: { labels: { app: 'web' } }, spec: simple },
      },
    })
    await w.wait(5)
    const why = 'admission webhook "no.k8s.io" denied the request: this webhook denies all requests'
    const [rs] = client.list(replicaSet, { namespace: 'default' })
    expect(rs?.status.conditions?.[0]).toMatchObject({ type: 'ReplicaFailure', reason: 'FailedCreate', message: why })
    expect(w.events(rs!.metadata.name)[0]).toBe(`FailedCreate: Error creating: ${why}`)
  })

  it('may be a program that the learner has written', async () => {
    const code = `
      import { createServer } from 'node:https'
      import { readFileSync } from 'node:fs'
      const file = name => readFileSync('${FILES}/' + name, 'utf8')
      createServer({ cert: file('tls.crt'), key: file('tls.key') }, async (request, response) => {
        if (request.url === '/readyz') return response.end('ok')
        let body = ''
        for await (const chunk of request) body += chunk
        const { apiVersion, kind, request: asked } = JSON.parse(body)
        const { uid, object } = asked
        const owner = object.metadata.labels?.owner
        const change = [{ op: 'add', path: '/metadata/annotations', value: { 'owned-by': owner } }]
        const verdict = owner
          ? { allowed: true, warnings: ['owned by ' + owner], patchType: 'JSONPatch', patch: Buffer.from(JSON.stringify(change)).toString('base64') }
          : { allowed: false, status: { message: 'who owns ' + asked.name + '?' } }
        response.writeHead(200, { 'Content-Type': 'application/json' })
        response.end(JSON.stringify({ apiVersion, kind, response: { uid, ...verdict } }))
      }).listen(8444)`
    const w = await withContainer(SERVICE, { image: 'node:22', command: ['node', '-e', code] })
    await mutating(w, hook('owners.example.com', '/', [rule('configmaps')]))
    const refused = await ask(w, 'POST', `${CORE}/configmaps`, configMap('a', {}))
    expect(refused.json.message).toBe('admission webhook "owners.example.com" denied the request: who owns a?')
    const { json, warnings } = await ask(w, 'POST', `${CORE}/configmaps`, configMap('a', {}, { owner: 'me' }))
    expect(json.metadata.annotations).toEqual({ 'owned-by': 'me' })
    expect(warnings).toEqual(['owned by me'])
  })

  it('that concerns everything does not stop the control plane', async () => {
    const w = await withServer()
    const all = { operations: ['*'], apiGroups: ['*'], apiVersions: ['*'], resources: ['*/*'] }
    await mutating(w, hook('all.k8s.io', '/add-label', [all], { failurePolicy: 'Ignore' }))
    await ask(w, 'POST', `${CORE}/pods`, { metadata: { name: 'labelled' }, spec: simple })
    await w.wait(60)
    const { metadata, status } = w.pod('labelled')
    expect(metadata.labels).toEqual({ 'added-label': 'yes' })
    expect(status.phase).toBe('Running')
    expect(w.events('labelled').map(e => e.split(':')[0])).toEqual(['Scheduled', 'Pulled', 'Created', 'Started'])
  })
})
