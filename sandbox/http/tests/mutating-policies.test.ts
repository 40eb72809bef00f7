/** MutatingAdmissionPolicies: changes in CEL to what comes in. */
import { describe, expect, it } from 'vitest'
import { testApi } from '../testing.ts'

const GROUP = '/apis/admissionregistration.k8s.io/v1'
const PODS = '/api/v1/namespaces/default/pods'

const rules = [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] }]

const apply = (expression: string) => ({ patchType: 'ApplyConfiguration', applyConfiguration: { expression } })
const json = (expression: string) => ({ patchType: 'JSONPatch', jsonPatch: { expression } })

async function withPolicy(spec: object, name = 'change') {
  const api = testApi(
    [...(await import('../../api/admission/index.ts')).admissionPlugins].filter(p => p.name !== 'ServiceAccount'),
  )
  const made = await api.call('POST', `${GROUP}/mutatingadmissionpolicies`, {
    metadata: { name },
    spec: { matchConstraints: { resourceRules: rules }, reinvocationPolicy: 'Never', ...spec },
  })
  await api.call('POST', `${GROUP}/mutatingadmissionpolicybindings`, {
    metadata: { name: 'everywhere' },
    spec: { policyName: name },
  })
  const pod = (metadata: object = {}, more: object = {}) =>
    api.call('POST', PODS, {
      metadata: { name: 'a', ...metadata },
      spec: { containers: [{ name: 'main', image: 'nginx' }], ...more },
    })
  return { ...api, made, pod }
}

describe('a policy that changes what comes in', () => {
  it('merges a configuration, lists by their keys, and leaves the rest', async () => {
    const { pod } = await withPolicy({
      mutations: [
        apply(`Object{
          metadata: Object.metadata{ labels: {"team": "a", "was": string(object.metadata.name)} },
          spec: Object.spec{
            initContainers: [Object.spec.initContainers{ name: "mesh", image: "mesh:1", restartPolicy: "Always" }],
            terminationGracePeriodSeconds: 5
          }
        }`),
      ],
    })
    const { status, json: made } = await pod({ labels: { own: 'yes' } })
    expect(status).toBe(201)
    expect(made.metadata.labels).toEqual({ own: 'yes', team: 'a', was: 'a' })
    expect(made.spec.terminationGracePeriodSeconds).toBe(5)
    expect(made.spec.containers).toHaveLength(1)
    expect(made.spec.initContainers[0]).toMatchObject({ name: 'mesh', imagePullPolicy: 'IfNotPresent' })
  })

  it('makes a JSON patch, one change after the other', async () => {
    const { pod } = await withPolicy({
      mutations: [
        json(
          `has(object.metadata.annotations) ? [] : [JSONPatch{op: "add", path: "/metadata/annotations", value: Object.metadata.annotations{first: "1"}}]`,
        ),
        json(`[
          JSONPatch{op: "test", path: "/spec/containers/0/name", value: "main"}, // of the first container
          JSONPatch{op: "add", path: "/metadata/annotations/" + jsonpatch.escapeKey("example.com/kind"), value: "x{y: 1}"}
        ]`),
        json(
          `[JSONPatch{op: "test", path: "/spec/containers/0/name", value: "other"}, JSONPatch{op: "remove", path: "/spec"}]`,
        ),
      ],
    })
    const { status, json: made } = await pod()
    expect(status).toBe(201)
    expect(made.metadata.annotations).toEqual({ first: '1', 'example.com/kind': 'x{y: 1}' })
  })

  it('is asked for certain objects only, and may use variables', async () => {
    const { pod } = await withPolicy({
      matchConditions: [{ name: 'unmarked', expression: '!has(object.metadata.labels)' }],
      variables: [{ name: 'zone', expression: "object.spec.containers.size() > 1 ? 'big' : 'small'" }],
      mutations: [apply('Object{metadata: Object.metadata{labels: {"size": variables.zone}}}')],
    })
    expect((await pod()).json.metadata.labels).toEqual({ size: 'small' })
    expect((await pod({ name: 'b', labels: { a: 'b' } })).json.metadata.labels).toEqual({ a: 'b' })
  })

  it('that goes wrong refuses the request, and says which and why', async () => {
    const refused = async (mutation: object): Promise<unknown> => {
      const { pod } = await withPolicy({ mutations: [mutation] })
      const { status, json: answer } = await pod()
      return [status, answer.reason, answer.message]
    }
    const who = "policy 'change' with binding 'everywhere' denied request:"
    expect(await refused(json('[JSONPatch{op: "remove", path: "/metadata/nothing"}]'))).toEqual([
      403,
      'Invalid',
      `${who} JSON Patch: error in remove for path: '/metadata/nothing': Unable to remove nonexistent key: nothing: missing value`,
    ])
    expect(await refused(apply('Object{spec: Object.spec{nodeSelector: {"a": "b"}}}'))).toEqual([
      403,
      'Invalid',
      `${who} error applying patch: invalid ApplyConfiguration: may not mutate atomic arrays, maps or structs: .spec.nodeSelector`,
    ])
    expect(await refused(apply('Object{spec: Object.wrong{hostNetwork: true}}'))).toEqual([
      403,
      'Invalid',
      `${who} type mismatch: unexpected type name "Object.wrong", expected "Object.spec", which matches field name path from root Object type`,
    ])
    const { pod } = await withPolicy({
      failurePolicy: 'Ignore',
      mutations: [json('[JSONPatch{op: "remove", path: "/x"}]')],
    })
    expect((await pod()).status).toBe(201)
  })

  it('is refused itself when its expressions make no sense', async () => {
    const { made } = await withPolicy({ mutations: [json('[JSONPatch{op: "add", path: objekt.name}]')] })
    expect(made.status).toBe(422)
    expect(made.json.message).toContain('spec.mutations[0].jsonPatch.expression')
    expect(made.json.message).toContain("undeclared reference to 'objekt'")
  })

  it('is asked again when another has changed the object since, if it wants to be', async () => {
    const { call, pod } = await withPolicy({
      reinvocationPolicy: 'IfNeeded',
      mutations: [apply('Object{metadata: Object.metadata{labels: {"seen": string(object.spec.containers.size())}}}')],
    })
    await call('POST', `${GROUP}/mutatingadmissionpolicies`, {
      metadata: { name: 'later' },
      spec: {
        matchConstraints: { resourceRules: rules },
        reinvocationPolicy: 'Never',
        mutations: [apply('Object{spec: Object.spec{containers: [Object.spec.containers{name: "more", image: "m"}]}}')],
      },
    })
    await call('POST', `${GROUP}/mutatingadmissionpolicybindings`, {
      metadata: { name: 'later' },
      spec: { policyName: 'later' },
    })
    const { json: made } = await pod()
    expect(made.spec.containers.map((c: { name: string }) => c.name)).toEqual(['main', 'more'])
    expect(made.metadata.labels).toEqual({ seen: '2' })
  })
})

describe('mutations that do not fit the object', () => {
  const PATH = '/api/v1/namespaces/default/configmaps'
  const refused = async (mutation: object): Promise<string> => {
    const { call } = await withPolicy({
      matchConstraints: {
        resourceRules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['configmaps'] }],
      },
      mutations: [mutation],
    })
    return (await call('POST', PATH, { metadata: { name: 'a' }, data: { a: '1' } })).json.message
  }
  const denied = /^policy '[^']+' with binding '[^']+' denied request: /

  it.each([
    [`{op: "add", path: "/data/x/y", value: "1"}`, 'add operation does not apply: doc is missing path: "/data/x/y"'],
    [
      `{op: "move", from: "/data/none", path: "/data/b"}`,
      "error in move for path: 'none': Unable to remove nonexistent key: none",
    ],
    [
      `{op: "copy", from: "/data/none/b", path: "/data/b"}`,
      'copy operation does not apply: doc is missing from path: /data/none/b',
    ],
    [`{op: "test", path: "/none/a", value: "1"}`, 'test operation does not apply: is missing path: /none/a'],
    [`{op: "add", path: "", value: "1"}`, 'add operation does not apply: doc is missing path: ""'],
  ])('of operations is told in the words of the library: %s', async (operation, why) => {
    const message = await refused(json(`[JSONPatch${operation}]`))
    expect(message).toMatch(denied)
    expect(message.replace(denied, '')).toBe(`JSON Patch: ${why}: missing value`)
  })

  it('of operations must know its fields', async () => {
    expect(await refused(json('[JSONPatch{op: "add", path: "/spec", value: "q"}]'))).toBe(
      'Internal error occurred: strict decoding error: unknown field "spec"',
    )
  })

  it.each([
    [
      'Object{spec: Object.spec{a: 1}}',
      'failed to convert patch object to typed object: .spec: field not declared in schema',
    ],
    [
      'Object{immutable: "yes"}',
      'failed to convert patch object to typed object: .immutable: expected boolean, got &{yes}',
    ],
    [
      'Object{metadata: Object.metadata{ownerReferences: [Object.metadata.ownerReferences{name: "x"}]}}',
      'invalid ApplyConfiguration: may not mutate atomic arrays, maps or structs: .metadata.ownerReferences[0]',
    ],
  ])('of a configuration is told in the words of server-side apply: %s', async (expression, why) => {
    expect((await refused(apply(expression))).replace(denied, '')).toBe(`error applying patch: ${why}`)
  })
})

describe('a change through a subresource of a Pod', () => {
  const STRATEGIC = { 'content-type': 'application/strategic-merge-patch+json' }
  const on = (resource: string, operation: string, mutation: object) =>
    withPolicy({
      matchConstraints: {
        resourceRules: [{ apiGroups: [''], apiVersions: ['v1'], operations: [operation], resources: [resource] }],
      },
      mutations: [mutation],
    })

  it('may be changed itself, within what the subresource is about', async () => {
    const { pod, call } = await on(
      'pods/ephemeralcontainers',
      'UPDATE',
      json(`[
        JSONPatch{op: "replace", path: "/spec/ephemeralContainers/0/image", value: "busybox:1.36"},
        JSONPatch{op: "add", path: "/metadata/labels", value: {"lost": "yes"}}
      ]`),
    )
    await pod()
    const body = { spec: { ephemeralContainers: [{ name: 'look', image: 'busybox' }] } }
    const { json: made } = await call('PATCH', `${PODS}/a/ephemeralcontainers`, body, STRATEGIC)
    expect(made.spec.ephemeralContainers[0].image).toBe('busybox:1.36')
    expect(made.metadata.labels).toBeUndefined()
    expect(made.metadata.generation).toBe(2)
  })

  it('so may a resize', async () => {
    const cpu = '/spec/containers/0/resources/requests/cpu'
    const { pod, call } = await on(
      'pods/resize',
      'UPDATE',
      json(`[JSONPatch{op: "replace", path: "${cpu}", value: "300m"}]`),
    )
    const resources = (amount: string) => ({ requests: { cpu: amount, memory: '10Mi' } })
    await pod({}, { containers: [{ name: 'main', image: 'nginx', resources: resources('100m') }] })
    const body = { spec: { containers: [{ name: 'main', resources: resources('200m') }] } }
    const { json: made } = await call('PATCH', `${PODS}/a/resize`, body, STRATEGIC)
    expect(made.spec.containers[0].resources.requests.cpu).toBe('300m')
  })

  it('and a binding, which is an object of its own', async () => {
    const { pod, call } = await on(
      'pods/binding',
      'CREATE',
      apply('Object{metadata: Object.metadata{labels: {"went-to": object.target.name}}}'),
    )
    await pod()
    const target = { kind: 'Node', name: 'node-1' }
    expect((await call('POST', `${PODS}/a/binding`, { metadata: { name: 'a' }, target })).status).toBe(201)
    const { json: bound } = await call('GET', `${PODS}/a`)
    expect(bound.spec.nodeName).toBe('node-1')
    expect(bound.metadata.labels).toEqual({ 'went-to': 'node-1' })
  })
})
