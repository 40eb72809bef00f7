/** Requests as a client may send them: paths that are there, with queries, bodies and types of every sort. */
import fc from 'fast-check'
import { manifest, object } from './manifests.ts'
import { junk } from './words.ts'

export const PATHS = [
  '/api',
  '/apis',
  '/api/v1',
  '/apis/apps/v1',
  '/api/v1/pods',
  '/api/v1/namespaces/default/pods',
  '/api/v1/namespaces/default/pods/a',
  '/api/v1/namespaces/default/pods/a/log',
  '/api/v1/namespaces/default/pods/a/status',
  '/api/v1/namespaces/default/pods/a/exec',
  '/api/v1/namespaces/default/pods/a/binding',
  '/api/v1/namespaces/default/pods/a/eviction',
  '/api/v1/namespaces/default/pods/a/ephemeralcontainers',
  '/api/v1/namespaces/default/pods/a/proxy/x',
  '/apis/apps/v1/namespaces/default/deployments/web',
  '/apis/apps/v1/namespaces/default/deployments/web/scale',
  '/api/v1/nodes/worker-1',
  '/api/v1/nodes/worker-1/proxy/stats/summary',
  '/api/v1/namespaces/default/serviceaccounts/default/token',
  '/api/v1/namespaces/default/events',
  '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
  '/apis/apiextensions.k8s.io/v1/customresourcedefinitions',
  '/openapi/v3/api/v1',
  '/openapi/v2',
  '/version',
  '/metrics',
  '/healthz',
] as const
export const QUERIES = [
  'watch=true&timeoutSeconds=1',
  'limit=1',
  'continue=x',
  'fieldSelector=a=b',
  'labelSelector=a in (b)',
  'dryRun=All',
  'fieldManager=x',
  'force=true',
  'resourceVersion=1',
  'pretty=true',
  'fieldValidation=Strict',
  'tailLines=-1',
  'command=ls&stdout=1',
  'propagationPolicy=Orphan',
  'gracePeriodSeconds=0',
]
const TYPES = [
  'application/json',
  'application/yaml',
  'application/merge-patch+json',
  'application/json-patch+json',
  'application/strategic-merge-patch+json',
  'application/apply-patch+yaml',
  'application/vnd.kubernetes.protobuf',
  'text/plain',
]

export const request = fc.record({
  method: fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'),
  path: fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom<string>(...PATHS) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.constantFrom(...PATHS), junk)
        .map(([path, more]) => `${path}/${encodeURIComponent(more.toWellFormed())}`),
    },
  ),
  query: fc.array(
    fc.oneof(
      fc.constantFrom<string>(...QUERIES),
      junk.map(text => `limit=${encodeURIComponent(text.toWellFormed())}`),
    ),
    { maxLength: 2 },
  ),
  type: fc.constantFrom(...TYPES),
  accept: fc.constantFrom(
    'application/json',
    'application/yaml',
    'application/json;as=Table;v=v1;g=meta.k8s.io',
    'application/vnd.kubernetes.protobuf',
    'x',
  ),
  body: fc.oneof(
    manifest,
    object.map(value => JSON.stringify(value)),
    fc.json({ maxDepth: 3 }),
    junk,
    fc.constantFrom(
      '[{"op":"replace","path":"/spec/replicas","value":1}]',
      '[{"op":"remove","path":"/a/-1"}]',
      '{"spec":{"replicas":-1}}',
      '{"metadata":{"finalizers":["a/b"]}}',
    ),
  ),
})
export type GeneratedRequest = typeof request extends fc.Arbitrary<infer T> ? T : never
