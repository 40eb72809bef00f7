/** Languages that stand in fields of manifests: schedules of cron, expressions of CEL, and kustomizations. */
import fc from 'fast-check'
import { junk, name } from '../words.ts'

const cronField = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom('*', '*/5', '0', '1-5', '59', '1,2,3', '31', '?', 'MON', 'jan', '1-5/2', '7'),
  },
  { weight: 1, arbitrary: fc.constantFrom('*/0', '60', '5-1', '-1', '1,', 'L', '1#2', 'W', '99999999999', '') },
  { weight: 1, arbitrary: junk.filter(text => !/\s/.test(text)) },
)
const schedule = fc.oneof(
  { weight: 6, arbitrary: fc.array(cronField, { minLength: 5, maxLength: 5 }).map(fields => fields.join(' ')) },
  { weight: 1, arbitrary: fc.array(cronField, { maxLength: 7 }).map(fields => fields.join(' ')) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '@hourly',
      '@every 1m',
      '@every 1h2m3s',
      '@every x',
      '@yearly',
      '@reboot',
      'TZ=UTC * * * * *',
      'CRON_TZ=Asia/Shanghai 0 9 * * *',
      '0 0 30 2 *',
      '0 0 29 2 *',
    ),
  },
  { weight: 1, arbitrary: junk },
)
const zone = fc.constantFrom(
  undefined,
  'Etc/UTC',
  'Asia/Shanghai',
  'America/New_York',
  'Local',
  'Nowhere/At',
  '',
  'UTC',
)

export const cronJob = fc
  .record({
    schedule,
    timeZone: zone,
    startingDeadlineSeconds: fc.constantFrom(undefined, 0, 10, -1, 200),
    concurrencyPolicy: fc.constantFrom('Allow', 'Forbid', 'Replace', 'x'),
  })
  .map(spec => {
    const containers = [{ name: 'c', image: 'busybox:1.36', command: ['sleep', '30'] }]
    return JSON.stringify({
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata: { name: 'tick' },
      spec: { ...spec, jobTemplate: { spec: { template: { spec: { containers, restartPolicy: 'Never' } } } } },
    })
  })

const celLeaf = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.constantFrom(
      'object',
      'object.metadata.name',
      'object.data',
      'oldObject',
      'request.userInfo.groups',
      'namespaceObject.metadata.labels',
      'variables.a',
      'params',
      'authorizer',
      'object.nosuch',
      'object.metadata.?labels',
      'x',
    ),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      '1',
      '-9223372036854775808',
      '1u',
      '1.5',
      'true',
      'null',
      '[]',
      '{}',
      "b'a'",
      "'a'",
      'r"\\d"',
      "duration('1h')",
      "timestamp('2026-01-05T00:00:00Z')",
      "quantity('1Gi')",
      "ip('10.0.0.1')",
      "url('http://a')",
      "semver('1.2.3')",
      'int',
    ),
  },
  { weight: 1, arbitrary: junk.map(text => JSON.stringify(text)) },
)
const METHODS = [
  'size()',
  'startsWith("a")',
  'matches("(a+)+$")',
  'contains("a")',
  'lowerAscii()',
  'split("")',
  'map(x, x)',
  'filter(x, x > 1)',
  'all(x, x == x)',
  'exists_one(k, v, k == v)',
  'sum()',
  'indexOf("a", 9)',
  'format([1])',
  'orValue(1)',
  'getHours("Asia/Shanghai")',
  'find("[")',
  'isSorted()',
  'nosuch()',
  'a',
  'group("apps").resource("pods").check("get").allowed()',
  'flatten()',
  'add(1)',
]

const { expression } = fc.letrec<{ expression: string }>(tie => {
  const one = tie('expression')
  return {
    expression: fc.oneof(
      { maxDepth: 4 },
      celLeaf,
      fc
        .tuple(one, fc.constantFrom('+', '-', '*', '/', '%', '==', '!=', '<', '>=', '&&', '||', 'in'), one)
        .map(parts => `(${parts.join(' ')})`),
      fc.tuple(one, fc.constantFrom(...METHODS)).map(([of, what]) => `${of}.${what}`),
      fc.tuple(one, one, one).map(([a, b, c]) => `(${a} ? ${b} : ${c})`),
      fc.tuple(one, one).map(([of, at]) => `${of}[${at}]`),
      fc.tuple(one, one).map(([a, b]) => `[${a}, ${b}]`),
      fc.tuple(one, one).map(([a, b]) => `{${a}: ${b}}`),
      one.map(of => `has(${of}.a)`),
      one.map(of => `!${of}`),
      fc
        .tuple(fc.constantFrom('string', 'int', 'double', 'type', 'dyn', 'size', 'nosuch', 'cel.bind'), one)
        .map(([f, of]) => `${f}(${of})`),
    ),
  }
})
const cel = fc.oneof({ weight: 8, arbitrary: expression }, { weight: 1, arbitrary: junk })

/** A policy that judges ConfigMaps by these expressions, with what binds it. */
export const policy = fc
  .tuple(fc.array(cel, { minLength: 1, maxLength: 3 }), cel, cel)
  .map(([rules, message, variable]) =>
    [
      {
        apiVersion: 'admissionregistration.k8s.io/v1',
        kind: 'ValidatingAdmissionPolicy',
        metadata: { name: 'judge' },
        spec: {
          matchConstraints: {
            resourceRules: [{ apiGroups: [''], apiVersions: ['v1'], resources: ['configmaps'], operations: ['*'] }],
          },
          variables: [{ name: 'a', expression: variable }],
          validations: rules.map(rule => ({ expression: rule, messageExpression: message })),
        },
      },
      {
        apiVersion: 'admissionregistration.k8s.io/v1',
        kind: 'ValidatingAdmissionPolicyBinding',
        metadata: { name: 'judge' },
        spec: { policyName: 'judge', validationActions: ['Deny', 'Audit'] },
      },
    ]
      .map(object => `${JSON.stringify(object)}\n`)
      .join('---\n'),
  )

const target = fc.constantFrom(
  { kind: 'Deployment' },
  { name: 'web' },
  { labelSelector: 'a in (b' },
  { kind: 'x.*', name: '(' },
  {},
)
const patchText = fc.oneof(
  fc.constantFrom(
    '[{"op":"replace","path":"/spec/replicas","value":7}]',
    '[{"op":"remove","path":"/spec/nosuch/-1"}]',
    'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 9\n',
    '$patch: delete\nkind: Deployment\nmetadata: {name: web}\n',
    '- op: add\n  path: /a~1b\n  value: {}\n',
  ),
  junk,
)
const part = fc.oneof(
  fc.constantFrom<object>(
    { resources: ['web.yaml'] },
    { resources: ['web.yaml', 'web.yaml'] },
    { resources: ['nosuch.yaml', '..'] },
    { bases: ['.'] },
    { namespace: 'other' },
    { labels: [{ pairs: { a: 'b' }, includeSelectors: true }] },
    { commonLabels: { a: 'b' } },
    { commonAnnotations: { a: 1 } },
    { kind: 'Component' },
    { generatorOptions: { disableNameSuffixHash: true } },
    { components: ['x'] },
    { helmCharts: [{ name: 'a' }] },
    { nosuch: 1 },
    { openapi: { path: 'x' } },
    { sortOptions: { order: 'fifo' } },
  ),
  fc.tuple(name, name).map(([namePrefix, nameSuffix]) => ({ namePrefix, nameSuffix })),
  fc.tuple(name, junk).map(([called, newTag]) => ({
    images: [
      { name: called, newTag, newName: called },
      { name: 'nginx', digest: newTag },
    ],
  })),
  fc.nat(9).map(count => ({ replicas: [{ name: 'web', count }] })),
  fc.tuple(name, junk, fc.constantFrom('create', 'merge', 'replace', 'x')).map(([called, literal, behavior]) => ({
    configMapGenerator: [
      {
        name: called,
        behavior,
        literals: [literal, `a=${literal}`],
        files: ['web.yaml', 'b=nosuch'].slice(0, literal.length % 3),
      },
    ],
  })),
  fc
    .tuple(name, junk)
    .map(([called, literal]) => ({ secretGenerator: [{ name: called, literals: [`k=${literal}`], type: literal }] })),
  fc.tuple(target, patchText).map(([of, patch]) => ({ patches: [{ target: of, patch }] })),
  patchText.map(patch => ({
    patchesStrategicMerge: [patch],
    patchesJson6902: [{ target: { version: 'v1', kind: 'Deployment', name: 'web' }, patch }],
  })),
  fc.tuple(target, junk).map(([select, path]) => ({
    replacements: [
      {
        source: { kind: 'Deployment', name: 'web', fieldPath: 'metadata.name' },
        targets: [
          {
            select,
            fieldPaths: [path, 'spec.template.spec.containers.[name=main].image'],
            options: { create: true, delimiter: ':', index: 9 },
          },
        ],
      },
    ],
  })),
)

/** A kustomization.yaml about `web.yaml`; JSON is YAML. */
export const kustomization = fc.oneof(
  {
    weight: 9,
    arbitrary: fc
      .array(part, { maxLength: 4 })
      .map(parts => JSON.stringify(Object.assign({ resources: ['web.yaml'] }, ...parts))),
  },
  { weight: 1, arbitrary: junk },
)
