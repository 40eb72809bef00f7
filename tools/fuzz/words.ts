/** The vocabulary of generated inputs: names that exist in the worlds that they are tried on, and some that do not. */
import fc from 'fast-check'

export const NODES = ['control-plane', 'worker-1', 'worker-2'] as const

export const name = fc.constantFrom(
  'web',
  'a',
  'b',
  'db-0',
  'nothing-here',
  'Bad_Name',
  'x'.repeat(300),
  '',
  '-',
  '..',
  'a/b',
)
export const image = fc.constantFrom('nginx:1.27', 'busybox:1.36', 'redis:7', 'no-such-image', 'a b', '')
export const resource = fc.constantFrom(
  'pods',
  'po',
  'deployments',
  'deploy/web',
  'pod/web',
  'svc',
  'rs',
  'nodes',
  'node/worker-1',
  'events',
  'jobs',
  'cronjob',
  'cm',
  'secrets',
  'all',
  'pods,svc',
  'nosuch',
  'pvc',
  'hpa',
  'crd',
  'api-resources',
)

/** Text of any letters, among them those that mean something somewhere. */
export const junk = fc.oneof(
  fc.string({ maxLength: 20 }),
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.constantFrom(
    '{}',
    '[',
    '{.a',
    '{{',
    '\\',
    '"',
    "'",
    '$(',
    '`',
    '%',
    '\0',
    '\u2028',
    '1e999',
    '-0',
    '__proto__',
    'constructor',
    '9'.repeat(40),
  ),
)
