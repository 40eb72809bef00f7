/** The API over HTTP, in process: discovery, CRUD, lists in pieces, watches, refusals. */
import { describe, expect, it } from 'vitest'
import { namespaceLifecycle } from '../api/admission/namespace-lifecycle.ts'
import { testApi } from './testing.ts'

const make = () => testApi([namespaceLifecycle])

const CONFIGMAPS = '/api/v1/namespaces/default/configmaps'
const cm = (name: string, data: object = { a: '1' }) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name },
  data,
})

describe('the API over HTTP', () => {
  it('creates, reads, replaces, patches and deletes', async () => {
    const { call } = make()
    expect((await call('POST', CONFIGMAPS, cm('a'))).status).toBe(201)
    expect((await call('POST', CONFIGMAPS, cm('a'))).json).toMatchObject({
      kind: 'Status',
      reason: 'AlreadyExists',
      code: 409,
    })
    expect((await call('PUT', `${CONFIGMAPS}/a`, cm('a', { b: '2' }))).json.data).toEqual({ b: '2' })
    const patched = await call(
      'PATCH',
      `${CONFIGMAPS}/a`,
      { data: { c: '3', b: null } },
      { 'content-type': 'application/merge-patch+json' },
    )
    expect(patched.json.data).toEqual({ c: '3' })
    expect((await call('DELETE', `${CONFIGMAPS}/a`)).json).toMatchObject({
      status: 'Success',
      details: { name: 'a', kind: 'configmaps' },
    })
    expect((await call('GET', `${CONFIGMAPS}/a`)).json).toMatchObject({
      reason: 'NotFound',
      message: 'configmaps "a" not found',
    })
  })

  it('says its version on lines of its own, as read with get --raw', async () => {
    const { text } = await make().call('GET', '/version')
    expect(text).toMatch(/^\{\n {2}"major": "1",\n {2}"minor": "36",\n/)
  })

  it('lists in pieces and as a Table', async () => {
    const { call } = make()
    for (const name of ['a', 'b', 'c']) await call('POST', CONFIGMAPS, cm(name))
    const first = await call('GET', `${CONFIGMAPS}?limit=2`)
    expect(first.json.metadata.remainingItemCount).toBe(1)
    const rest = await call('GET', `${CONFIGMAPS}?limit=2&continue=${first.json.metadata.continue}`)
    expect(
      [...first.json.items, ...rest.json.items].map((o: { metadata: { name: string } }) => o.metadata.name),
    ).toEqual(['a', 'b', 'c'])
    const table = await call('GET', CONFIGMAPS, undefined, {
      accept: 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json',
    })
    expect(table.json.kind).toBe('Table')
    expect(table.json.rows.map((r: { cells: unknown[] }) => r.cells)).toEqual([
      ['a', 1, '0s'],
      ['b', 1, '0s'],
      ['c', 1, '0s'],
    ])
  })

  it('goes on with the list that was begun, and says when that is too old', async () => {
    const { call, clock } = make()
    for (const name of ['a', 'b', 'c']) await call('POST', CONFIGMAPS, cm(name))
    const first = await call('GET', `${CONFIGMAPS}?limit=1`)
    const { resourceVersion, continue: token } = first.json.metadata
    await call('DELETE', `${CONFIGMAPS}/b`)
    await call('POST', CONFIGMAPS, cm('bb'))
    const names = (json: { items: { metadata: { name: string } }[] }): string[] => json.items.map(o => o.metadata.name)
    const rest = await call('GET', `${CONFIGMAPS}?continue=${token}`)
    expect(names(rest.json)).toEqual(['b', 'c'])
    expect(rest.json.metadata.resourceVersion).toBe(resourceVersion)
    const exactly = `resourceVersion=${resourceVersion}&resourceVersionMatch=Exact`
    expect(names((await call('GET', `${CONFIGMAPS}?${exactly}`)).json)).toEqual(['a', 'b', 'c'])
    await clock.advance(11 * 60_000)
    const late = await call('GET', `${CONFIGMAPS}?limit=1&continue=${token}`)
    expect([late.status, late.json.reason]).toEqual([410, 'Expired'])
    const now = await call('GET', `${CONFIGMAPS}?limit=5&continue=${late.json.metadata.continue}`)
    expect(names(now.json)).toEqual(['bb', 'c'])
    expect(now.json.metadata.resourceVersion).not.toBe(resourceVersion)
  })

  it('lets the status be applied, owned apart from the rest', async () => {
    const { call } = make()
    const path = '/api/v1/namespaces/default/services/web'
    await call('POST', '/api/v1/namespaces/default/services', {
      metadata: { name: 'web' },
      spec: { type: 'LoadBalancer', ports: [{ port: 80 }] },
    })
    const apply = { 'content-type': 'application/apply-patch+yaml' }
    const status = { loadBalancer: { ingress: [{ ip: '192.0.2.1', ipMode: 'VIP' }] } }
    const body = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' }, status }
    const { json } = await call('PATCH', `${path}/status?fieldManager=balancer`, body, apply)
    expect(json.status).toEqual(status)
    const entry = json.metadata.managedFields.find((m: { manager: string }) => m.manager === 'balancer')
    expect(entry).toMatchObject({ operation: 'Apply', subresource: 'status' })
    expect(entry.fieldsV1).toEqual({ 'f:status': { 'f:loadBalancer': { 'f:ingress': {} } } })
    const other = { ...body, status: { loadBalancer: { ingress: [{ ip: '192.0.2.2' }] } } }
    const refused = await call('PATCH', `${path}/status?fieldManager=rival`, other, apply)
    expect(refused.json.message).toBe(
      'Apply failed with 1 conflict: conflict with "balancer" with subresource "status": .status.loadBalancer.ingress',
    )
    expect((await call('PATCH', `${path}2/status?fieldManager=rival`, other, apply)).status).toBe(404)
  })

  it('a watch tells what a list would', async () => {
    const { server, api, call } = make()
    await call('POST', CONFIGMAPS, cm('a'))
    const response = api.respond({
      method: 'GET',
      url: `${CONFIGMAPS}?watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true`,
      headers: {},
      body: '',
      user: { username: 'x', groups: ['system:masters'] },
    })
    const seen: string[] = []
    const { body } = response
    if (typeof body === 'string' || !('open' in body)) throw new Error('no stream')
    const stop = body.open(
      line => seen.push(line),
      () => {},
    )
    await call('POST', CONFIGMAPS, cm('b'))
    await call('DELETE', `${CONFIGMAPS}/a`)
    stop()
    await call('POST', CONFIGMAPS, cm('c'))
    const events = seen.map(line => JSON.parse(line) as { type: string; object: { metadata: { name: string } } })
    expect(events.map(e => `${e.type} ${e.object.metadata.name ?? ''}`)).toEqual([
      'ADDED a',
      'BOOKMARK ',
      'ADDED b',
      'DELETED a',
    ])
    expect(server.list(server.registry.resource('configmaps')!).map(o => o.metadata.name)).toEqual(['b', 'c'])
  })

  it('refuses what makes no sense, and stays alive', async () => {
    const { call } = make()
    const deep = `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`
    const cases: [string, string, unknown, Record<string, string>, number][] = [
      ['POST', CONFIGMAPS, '{"a":', {}, 400],
      ['POST', CONFIGMAPS, '[]', {}, 400],
      ['POST', CONFIGMAPS, deep, {}, 400],
      ['POST', CONFIGMAPS, cm('big', { a: 'x'.repeat(3 * 1024 * 1024) }), {}, 413],
      ['POST', CONFIGMAPS, cm('a'), { 'content-type': 'text/plain' }, 415],
      ['GET', CONFIGMAPS, undefined, { accept: 'image/png' }, 406],
      ['GET', `${CONFIGMAPS}?labelSelector=a%3D%3D%3Db`, undefined, {}, 400],
      ['GET', `${CONFIGMAPS}?continue=nonsense`, undefined, {}, 400],
      ['GET', `/api/v1/watch/namespaces/default/configmaps/a?fieldSelector=metadata.name%3Db`, undefined, {}, 400],
      ['GET', `/api/v1/watch/namespaces/default/configmaps/a?fieldSelector=metadata.name!%3Db`, undefined, {}, 400],
      ['GET', '/openapi/v3/apps/v1', undefined, {}, 404],
      ['PATCH', `${CONFIGMAPS}/a`, '{}', { 'content-type': 'application/json' }, 415],
      ['GET', '/apis/nothing.example.com/v1/things', undefined, {}, 404],
      ['BREW', CONFIGMAPS, undefined, {}, 405],
      ['POST', '/api/v1/configmaps', cm('a'), {}, 405],
      ['DELETE', '/api/v1/configmaps', undefined, {}, 405],
      ['GET', '/api/v1/configmaps/a', undefined, {}, 404],
      ['PUT', '/apis/rbac.authorization.k8s.io/v1/roles/a', {}, {}, 404],
      ['GET', '/api/v1/pods/a/log', undefined, {}, 404],
      ['GET', '/api/v1/namespaces/default/nodes', undefined, {}, 404],
      ['GET', '/api/v1/namespaces/default/nodes/a', undefined, {}, 404],
    ]
    for (const [method, path, body, headers, status] of cases) {
      expect(`${method} ${path}: ${(await call(method, path, body, headers)).status}`).toBe(
        `${method} ${path}: ${status}`,
      )
    }
    expect((await call('GET', '/readyz')).text).toBe('ok')
    expect((await call('GET', '/metrics')).text).toContain('apiserver_storage_objects{resource="namespaces"} 1\n')
  })

  it('says of an apiVersion or kind that is no text what Go says of it', async () => {
    const { call } = make()
    const said = async (body: object) => {
      const { status, json } = await call('POST', CONFIGMAPS, body)
      return [status, json.message]
    }
    expect(await said({ apiVersion: 0.5, kind: 'ConfigMap' })).toEqual([
      400,
      `the object provided is unrecognized (must be of type ConfigMap): couldn't get version/kind; json parse error: json: cannot unmarshal number into Go struct field .apiVersion of type string ({"apiVersion":0.5,"kind":"Conf ...)`,
    ])
    expect((await said({ kind: ['ConfigMap'] }))[1]).toContain('unmarshal array into Go struct field .kind of type')
    expect(await said({ apiVersion: null, metadata: { name: 'a' } })).toEqual([201, undefined])
  })

  it('reads ten thousand levels and not one more, and says so of what it cannot keep', async () => {
    const { call } = make()
    const nested = (levels: number, open: string, close: string) => `${open.repeat(levels)}1${close.repeat(levels)}`
    const map = (value: string) => `{"metadata":{"name":"deep"},"data":{"a":"b"},"nobody":${value}}`
    const made = await call('POST', CONFIGMAPS, map(nested(9_999, '[', ']')))
    expect([made.status, made.json.data]).toEqual([201, { a: 'b' }])
    const said = async (value: string) => (await call('POST', CONFIGMAPS, map(value))).json.message
    expect(await said(nested(10_000, '{"a":', '}'))).toMatch(
      /^the object provided is unrecognized \(must be of type ConfigMap\): couldn't get version\/kind; json parse error: invalid character '\{' exceeded max depth \(\{"metadata":\{"name":"deep"\},"d \.\.\.\)$/,
    )
    expect(await said(nested(10_000, '[', ']'))).toContain("invalid character '[' exceeded max depth")
    const patch = async (body: string) =>
      (await call('PATCH', `${CONFIGMAPS}/deep`, body, { 'content-type': 'application/merge-patch+json' })).json.message
    expect(await patch(nested(10_001, '{"a":', '}'))).toBe(
      "error decoding patch: invalid character '{' exceeded max depth",
    )
    expect(await patch(nested(5_000, '{"a":', '}'))).toBe('not simulated: values of more than 1500 levels')
    const revision = `{"metadata":{"name":"r"},"revision":1,"data":${nested(5_000, '{"a":', '}')}}`
    expect((await call('POST', '/apis/apps/v1/namespaces/default/controllerrevisions', revision)).json.message).toBe(
      'ControllerRevision in version "v1" cannot be handled as a ControllerRevision: not simulated: values of more than 1500 levels',
    )
    const yaml = await call('POST', CONFIGMAPS, `a: ${nested(3_000, '[', ']')}`, { 'content-type': 'application/yaml' })
    expect([yaml.status, yaml.json.message]).toEqual([400, expect.stringContaining('not simulated: so many levels')])
    const alias = await call('POST', CONFIGMAPS, 'metadata: *b', { 'content-type': 'application/yaml' })
    expect(alias.json.message).toContain("(must be of type ConfigMap): yaml: unknown anchor 'b' referenced")
    expect((await call('GET', '/readyz')).text).toBe('ok')
  })

  it('warns of unknown fields when asked to, and refuses them when strict', async () => {
    const { call } = make()
    const warned = await call('POST', `${CONFIGMAPS}?fieldValidation=Warn`, { ...cm('a'), dta: {} })
    expect(warned.status).toBe(201)
    expect(warned.headers.get('warning')).toBe('299 - "unknown field \\"dta\\""')
    expect((await call('POST', `${CONFIGMAPS}?fieldValidation=Strict`, { ...cm('b'), dta: {} })).json.message).toBe(
      'ConfigMap in version "v1" cannot be handled as a ConfigMap: strict decoding error: unknown field "dta"',
    )
  })

  it('lets people do what their roles say', async () => {
    const { call } = make()
    const jane = { 'impersonate-user': 'jane' }
    expect((await call('GET', CONFIGMAPS, undefined, jane)).json.message).toBe(
      'configmaps is forbidden: User "jane" cannot list resource "configmaps" in API group "" in the namespace "default"',
    )
    const rbac = '/apis/rbac.authorization.k8s.io/v1/namespaces/default/rolebindings'
    await call('POST', rbac, {
      metadata: { name: 'jane-views' },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view' },
      subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: 'jane' }],
    })
    expect((await call('GET', CONFIGMAPS, undefined, jane)).status).toBe(200)
    expect((await call('POST', CONFIGMAPS, cm('a'), jane)).status).toBe(403)
  })

  it('takes each value of a header for itself: a group may have commas in its name', async () => {
    const { call } = make()
    const asked = {
      'impersonate-user': 'jane',
      'impersonate-group': 'dev, a,,b',
      'impersonate-extra-k': 'one,two, the rest',
    }
    const review = { kind: 'SelfSubjectReview', apiVersion: 'authentication.k8s.io/v1' }
    const { json } = await call('POST', '/apis/authentication.k8s.io/v1/selfsubjectreviews', review, asked)
    expect(json.status.userInfo).toEqual({
      username: 'jane',
      groups: ['dev', 'a,,b', 'system:authenticated'],
      extra: { k: ['one,two', 'the rest'] },
    })
  })

  it('lets who may see one object by its name list it by its name, but not delete it as a collection', async () => {
    const { call } = make()
    const rbac = '/apis/rbac.authorization.k8s.io/v1/namespaces/default'
    const apiGroup = 'rbac.authorization.k8s.io'
    await call('POST', `${rbac}/roles`, {
      metadata: { name: 'a' },
      rules: [{ apiGroups: [''], resources: ['configmaps'], resourceNames: ['a'], verbs: ['*'] }],
    })
    await call('POST', `${rbac}/rolebindings`, {
      metadata: { name: 'a' },
      roleRef: { apiGroup, kind: 'Role', name: 'a' },
      subjects: [{ apiGroup, kind: 'User', name: 'jane' }],
    })
    const status = async (method: string, selector: string): Promise<number> => {
      const path = `${CONFIGMAPS}?fieldSelector=${encodeURIComponent(selector)}`
      return (await call(method, path, undefined, { 'impersonate-user': 'jane' })).status
    }
    expect(await status('GET', 'metadata.name=a')).toBe(200)
    expect(await status('GET', 'metadata.name!=b,metadata.name=a')).toBe(200)
    expect(await status('GET', 'metadata.name=b')).toBe(403)
    expect(await status('GET', 'metadata.name!=b')).toBe(403)
    expect(await status('DELETE', 'metadata.name=a')).toBe(403)
  })

  it('says of a token to go on with what Go says of its JSON', async () => {
    const { call } = make()
    const said = async (token: string): Promise<string> =>
      (await call('GET', `${CONFIGMAPS}?limit=1&continue=${btoa(token).replace(/=+$/, '')}`)).json.message
    const words = 'invalid continue token: continue key is not valid: '
    expect(await said('{"v":x}')).toBe(`${words}invalid character 'x' looking for beginning of value`)
    expect(await said('{"v":')).toBe(`${words}unexpected end of JSON input`)
    expect(await said('\x9e\xe9')).toBe(`${words}invalid character '\\u009e' looking for beginning of value`)
  })

  it('tells of its health check by check', async () => {
    const { call } = testApi()
    expect((await call('GET', '/readyz')).text).toBe('ok')
    const { text } = await call('GET', '/readyz?verbose&exclude=etcd&exclude=luck')
    const lines = text.split('\n')
    expect(lines.slice(0, 4)).toEqual(['[+]ping ok', '[+]log ok', '[+]etcd excluded: ok', '[+]etcd-readiness ok'])
    expect(lines.slice(-4)).toEqual([
      '[+]shutdown ok',
      'warn: some health checks cannot be excluded: no matches for "luck"',
      'readyz check passed',
      '',
    ])
    expect((await call('GET', '/livez/poststarthook/rbac/bootstrap-roles')).text).toBe('ok')
    expect((await call('GET', '/livez/luck')).status).toBe(404)
  })
})
