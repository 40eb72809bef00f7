/** The rule of RBAC against granting more than one has. */
import { expect, it } from 'vitest'
import { testApi } from '../testing.ts'

const GROUP = '/apis/rbac.authorization.k8s.io/v1'
const BINDINGS = `${GROUP}/namespaces/default/rolebindings`
const bob = { 'impersonate-user': 'bob' }
const binding = (kind: string, name: string) => ({
  metadata: { name: 'b' },
  roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind, name },
})

it('the right to make bindings does not let a user grant rights that he lacks', async () => {
  const { call } = testApi()
  const rules = [{ apiGroups: ['rbac.authorization.k8s.io'], resources: ['*'], verbs: ['create', 'get', 'patch'] }]
  await call('POST', `${GROUP}/clusterroles`, { metadata: { name: 'binder' }, rules })
  const subjects = [{ kind: 'User', name: 'bob', apiGroup: 'rbac.authorization.k8s.io' }]
  await call('POST', `${GROUP}/clusterrolebindings`, { ...binding('ClusterRole', 'binder'), subjects })
  const reads = [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }]
  const role = { metadata: { name: 'r' }, rules: reads }
  await call('POST', `${GROUP}/namespaces/default/roles`, role)

  const grant = async (of: string, name: string) => (await call('POST', BINDINGS, binding(of, name), bob)).json
  expect(await grant('Role', 'r')).toMatchObject({ code: 403 })
  // A role that is not there grants who knows what; and all that is asked before the binding itself is looked at.
  expect(await grant('Role', 'nope')).toMatchObject({
    code: 404,
    message: 'rolebindings.rbac.authorization.k8s.io "nope" not found',
  })
  expect(await grant('Zzz', 'r')).toMatchObject({ code: 500, message: 'unsupported role reference kind: "Zzz"' })

  const path = `${GROUP}/namespaces/default/roles/r`
  const merge = { ...bob, 'content-type': 'application/merge-patch+json' }
  expect((await call('PATCH', path, { metadata: { labels: { a: 'b' } } }, merge)).status).toBe(403)
  expect((await call('PATCH', path, { metadata: { finalizers: ['example.com/x'] } }, merge)).status).toBe(200)
})
