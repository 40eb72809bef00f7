/** Admission policies and webhooks, as their authors meet them. */
import { describe, expect, it } from 'vitest'
import { testApi } from '../testing.ts'

const GROUP = '/apis/admissionregistration.k8s.io/v1'
const CONFIGMAPS = '/api/v1/namespaces/default/configmaps'

const rules = [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE', 'UPDATE'], resources: ['configmaps'] }]
const policy = (spec: object, name = 'sizes') => ({
  metadata: { name },
  spec: { matchConstraints: { resourceRules: rules }, ...spec },
})
const binding = (spec: object = {}, name = 'everywhere') => ({
  metadata: { name },
  spec: { policyName: 'sizes', validationActions: ['Deny'], ...spec },
})
const cm = (name: string, data: object, labels: object = {}) => ({ metadata: { name, labels }, data })

async function withPolicy(spec: object, bound: object = {}) {
  const world = testApi()
  const { call } = world
  expect((await call('POST', `${GROUP}/validatingadmissionpolicies`, policy(spec))).status).toBe(201)
  expect((await call('POST', `${GROUP}/validatingadmissionpolicybindings`, binding(bound))).status).toBe(201)
  return world
}

describe('a ValidatingAdmissionPolicy', () => {
  it('does nothing until it is bound, then denies in its own words', async () => {
    const { call } = testApi()
    await call(
      'POST',
      `${GROUP}/validatingadmissionpolicies`,
      policy({ validations: [{ expression: 'size(object.data) <= 1' }] }),
    )
    expect((await call('POST', CONFIGMAPS, cm('a', { a: '1', b: '2' }))).status).toBe(201)
    await call('POST', `${GROUP}/validatingadmissionpolicybindings`, binding())
    const { status, json } = await call('POST', CONFIGMAPS, cm('b', { a: '1', b: '2' }))
    expect(status).toBe(422)
    const why =
      "ValidatingAdmissionPolicy 'sizes' with binding 'everywhere' denied request: failed expression: size(object.data) <= 1"
    expect(json.message).toBe(`configmaps "b" is forbidden: ${why}`)
    expect(json.reason).toBe('Invalid')
    expect(json.details).toEqual({ name: 'b', kind: 'configmaps', causes: [{ message: why }] })
    expect((await call('POST', CONFIGMAPS, cm('c', { a: '1' }))).status).toBe(201)
  })

  it('makes its message of variables, and gives the reason asked for', async () => {
    const { call } = await withPolicy({
      variables: [
        { name: 'count', expression: 'size(object.data)' },
        { name: 'double', expression: 'variables.count * 2' },
      ],
      validations: [
        {
          expression: 'variables.double <= 2',
          messageExpression: "'twice is ' + string(variables.double) + ' for ' + request.userInfo.username",
          message: 'never said',
          reason: 'Forbidden',
        },
      ],
    })
    const { status, json } = await call('POST', CONFIGMAPS, cm('b', { a: '1', b: '2' }))
    expect(status).toBe(403)
    expect(json.message).toMatch(/denied request: twice is 4 for kubernetes-admin$/)
  })

  it('warns instead, when its binding says so', async () => {
    const { call } = await withPolicy(
      { validations: [{ expression: 'false', message: 'not today' }] },
      { validationActions: ['Warn', 'Audit'] },
    )
    const { status, headers } = await call('POST', CONFIGMAPS, cm('a', {}))
    expect(status).toBe(201)
    expect(headers.get('warning')).toBe(
      `299 - "Validation failed for ValidatingAdmissionPolicy 'sizes' with binding 'everywhere': not today"`,
    )
  })

  it('is about what its conditions, selectors and rules let through', async () => {
    const { call } = await withPolicy(
      {
        matchConditions: [{ name: 'only-big', expression: 'size(object.data) > 1' }],
        validations: [{ expression: 'false', message: 'no' }],
      },
      { matchResources: { objectSelector: { matchLabels: { env: 'prod' } } } },
    )
    expect((await call('POST', CONFIGMAPS, cm('a', { a: '1', b: '2' }))).status).toBe(201)
    expect((await call('POST', CONFIGMAPS, cm('b', { a: '1' }, { env: 'prod' }))).status).toBe(201)
    expect((await call('POST', CONFIGMAPS, cm('c', { a: '1', b: '2' }, { env: 'prod' }))).status).toBe(422)
    expect((await call('DELETE', `${CONFIGMAPS}/a`)).status).toBe(200)
  })

  it('takes parameters, and misses them loudly', async () => {
    const { call } = await withPolicy(
      {
        paramKind: { apiVersion: 'v1', kind: 'ConfigMap' },
        matchConditions: [{ name: 'others', expression: "object.metadata.name != 'limits'" }],
        validations: [
          {
            expression: 'size(object.data) <= int(params.data.most)',
            messageExpression: "'at most ' + params.data.most",
          },
        ],
      },
      { paramRef: { name: 'limits', namespace: 'default', parameterNotFoundAction: 'Deny' } },
    )
    expect((await call('POST', CONFIGMAPS, cm('a', {}))).json.message).toMatch(
      /denied request: failed to configure binding: no params found for policy binding with `Deny` parameterNotFoundAction$/,
    )
    await call('DELETE', `${GROUP}/validatingadmissionpolicybindings/everywhere`)
    await call('POST', CONFIGMAPS, cm('limits', { most: '1' }))
    await call(
      'POST',
      `${GROUP}/validatingadmissionpolicybindings`,
      binding({ paramRef: { name: 'limits', namespace: 'default', parameterNotFoundAction: 'Deny' } }),
    )
    expect((await call('POST', CONFIGMAPS, cm('a', { x: '1' }))).status).toBe(201)
    expect((await call('POST', CONFIGMAPS, cm('b', { x: '1', y: '2' }))).json.message).toMatch(
      /denied request: at most 1$/,
    )
  })

  it('fails closed or open when an expression fails', async () => {
    const spec = { validations: [{ expression: "object.data.missing == '1'" }] }
    const closed = await withPolicy(spec)
    expect((await closed.call('POST', CONFIGMAPS, cm('a', { x: '1' }))).json.message).toMatch(
      /denied request: expression 'object.data.missing == '1'' resulted in error: no such key: missing$/,
    )
    const open = await withPolicy({ ...spec, failurePolicy: 'Ignore' })
    expect((await open.call('POST', CONFIGMAPS, cm('a', { x: '1' }))).status).toBe(201)
  })

  it('may ask what the requester may do', async () => {
    const { call } = await withPolicy({
      validations: [
        {
          expression: "authorizer.group('').resource('secrets').namespace('default').check('get').allowed()",
          message: 'only for those who read Secrets',
        },
      ],
    })
    expect((await call('POST', CONFIGMAPS, cm('a', {}))).status).toBe(201)
  })

  it('is refused when it makes no sense', async () => {
    const { call } = testApi()
    const { json } = await call('POST', `${GROUP}/validatingadmissionpolicies`, {
      metadata: { name: 'odd' },
      spec: {
        failurePolicy: 'Perhaps',
        matchConstraints: { resourceRules: [{ ...rules[0], operations: ['READ'] }] },
        validations: [{ expression: 'size(objekt) > 1' }, { expression: '1 + 1' }],
      },
    })
    expect(json.details.causes.map((c: { field: string; message: string }) => `${c.field}: ${c.message}`)).toEqual([
      'spec.failurePolicy: Unsupported value: "Perhaps": supported values: "Fail", "Ignore"',
      'spec.matchConstraints.resourceRules[0].operations[0]: Unsupported value: "READ": supported values: "*", "CONNECT", "CREATE", "DELETE", "UPDATE"',
      `spec.validations[0].expression: Invalid value: "size(objekt) > 1": compilation failed: ERROR: <input>:1:6: undeclared reference to 'objekt' (in container '')\n | size(objekt) > 1\n | .....^`,
      'spec.validations[1].expression: Invalid value: "1 + 1": must evaluate to bool but got int',
    ])
  })

  it('is told what its expressions get wrong about the kinds that it names', async () => {
    const { call, clock } = testApi()
    const path = `${GROUP}/validatingadmissionpolicies`
    const deployments = [
      { apiGroups: ['apps'], apiVersions: ['v1'], operations: ['CREATE'], resources: ['deployments'] },
    ]
    await call(
      'POST',
      path,
      policy({
        matchConstraints: { resourceRules: deployments },
        validations: [{ expression: "object.spec.replicas > '1'" }],
      }),
    )
    await clock.advance(0)
    expect((await call('GET', `${path}/sizes`)).json.status).toEqual({
      observedGeneration: 1,
      typeChecking: {
        expressionWarnings: [
          {
            fieldRef: 'spec.validations[0].expression',
            warning:
              "apps/v1, Kind=Deployment: ERROR: <input>:1:22: found no matching overload for '_>_' applied to '(int, string)'\n | object.spec.replicas > '1'\n | .....................^\n",
          },
        ],
      },
    })
  })
})

describe('a webhook', () => {
  const hook = (more: object = {}) => ({
    metadata: { name: 'hooks' },
    webhooks: [
      {
        name: 'check.example.com',
        admissionReviewVersions: ['v1'],
        sideEffects: 'None',
        rules,
        clientConfig: { service: { name: 'checker', namespace: 'default' } },
        ...more,
      },
    ],
  })

  it('that cannot be reached refuses what it was to judge, unless failures are ignored', async () => {
    const { call } = testApi()
    const path = `${GROUP}/validatingwebhookconfigurations`
    await call('POST', path, hook())
    const { status, json } = await call('POST', CONFIGMAPS, cm('a', {}))
    expect(status).toBe(500)
    expect(json.message).toBe(
      'Internal error occurred: failed calling webhook "check.example.com": failed to call webhook: Post "https://checker.default.svc:443?timeout=10s": service "checker" not found',
    )
    await call('DELETE', `${path}/hooks`)
    await call('POST', path, hook({ failurePolicy: 'Ignore' }))
    expect((await call('POST', CONFIGMAPS, cm('a', {}))).status).toBe(201)
  })

  it('has to be well-formed', async () => {
    const { call } = testApi()
    const { json } = await call(
      'POST',
      `${GROUP}/mutatingwebhookconfigurations`,
      hook({
        name: 'short',
        sideEffects: 'Some',
        timeoutSeconds: 31,
        matchConditions: [{ name: 'x', expression: '...' }],
      }),
    )
    expect(json.details.causes.map((c: { field: string }) => c.field)).toEqual([
      'webhooks[0].name',
      'webhooks[0].sideEffects',
      'webhooks[0].timeoutSeconds',
      'webhooks[0].matchConditions[0].expression',
    ])
  })
})
