/** kubectl without a cluster: misuse, manifests, what is sent and what is said. */
import { describe, expect, it, test } from 'vitest'
import { splitCsv } from './flags.ts'
import { jsonError } from './manifest-errors.ts'
import { decodeProblem, documents } from './manifests.ts'
import { applyStrategicPatch } from './patch/strategic-apply.ts'
import { threeWayPatch, twoWayPatch } from './patch/strategic-diff.ts'
import { run } from './testing.ts'

const groups = {
  kind: 'APIGroupDiscoveryList',
  items: [
    {
      metadata: { name: '' },
      versions: [
        {
          version: 'v1',
          resources: [
            {
              resource: 'configmaps',
              responseKind: { group: '', version: 'v1', kind: 'ConfigMap' },
              scope: 'Namespaced',
              singularResource: 'configmap',
              shortNames: ['cm'],
              verbs: ['get', 'list'],
            },
            {
              resource: 'pods',
              responseKind: { group: '', version: 'v1', kind: 'Pod' },
              scope: 'Namespaced',
              singularResource: 'pod',
              verbs: ['get', 'list'],
            },
            {
              resource: 'namespaces',
              responseKind: { group: '', version: 'v1', kind: 'Namespace' },
              scope: 'Cluster',
              singularResource: 'namespace',
              shortNames: ['ns'],
              verbs: ['get', 'list'],
            },
          ],
        },
      ],
    },
  ],
}
/** A server that has the two kinds above and the objects given. */
const server =
  (objects: Record<string, unknown>) =>
  (method: string, path: string): { status?: number; body: unknown } | undefined => {
    const [where] = path.split('?')
    if (where === '/api') return { body: groups }
    if (where === '/apis') return { body: { kind: 'APIGroupDiscoveryList', items: [] } }
    const found = objects[`${method} ${where}`]
    return found === undefined ? undefined : { body: found }
  }

/** How often it was asked what the server offers, and that it did not answer. */
const NO_SERVER = (attempts: number): string => {
  const attempt =
    'E0105 09:00:00.000000       7 memcache.go:265] "Unhandled Error" err="couldn\'t get current server API group list: Get \\"http://localhost:8080/api?timeout=32s\\": dial tcp 127.0.0.1:8080: connect: connection refused"\n'
  return `${attempt.repeat(attempts)}The connection to the server localhost:8080 was refused - did you specify the right host or port?\n`
}

describe('a server that does not answer', () => {
  const files = { 'two.yaml': 'kind: ConfigMap\napiVersion: v1\n---\nkind: Pod\napiVersion: v1\n' }
  const refused = 'dial tcp 127.0.0.1:8080: connect: connection refused'

  test.each([
    [['get', 'po/web'], NO_SERVER(4)],
    [['get', 'po,svc'], NO_SERVER(6)],
    [['logs', 'web'], NO_SERVER(4)],
    [['cordon', 'worker-1'], NO_SERVER(4)],
    [['top', 'pods'], NO_SERVER(0)],
    [['create', 'ns', 'a'], NO_SERVER(0)],
    [
      ['create', 'ingress', 'a', '--rule=a/b=c:80'],
      `error: failed to create ingress: Post "http://localhost:8080/apis/networking.k8s.io/v1/namespaces/default/ingresses?fieldManager=kubectl-create&fieldValidation=Strict": ${refused}\n`,
    ],
    [
      ['create', 'token', 'a'],
      `error: failed to create token: Post "http://localhost:8080/api/v1/namespaces/default/serviceaccounts/a/token": ${refused}\n`,
    ],
    [
      ['apply', '-f', 'two.yaml'],
      `error: error validating "two.yaml": error validating data: failed to download openapi: Get "http://localhost:8080/openapi/v2?timeout=32s": ${refused}; if you choose to ignore these errors, turn validation off with --validate=false\n`,
    ],
    [
      ['api-versions', '--request-timeout', '5s'],
      `${NO_SERVER(1).split('\n')[0]!.replace('32s', '5s')}\nerror: couldn't get available api versions from server: Get "http://localhost:8080/api?timeout=5s": ${refused}\n`,
    ],
  ])('%j', async (argv, words) => {
    expect((await run(argv, { files })).err).toBe(words)
  })

  it('is noticed by what is sent when what it offers is known', async () => {
    const known = await run(['get', 'cm'], {
      server: server({ 'GET /api/v1/namespaces/default/configmaps': { kind: 'Table' } }),
    })
    const create = await run(['create', 'cm', 'a'], { files: known.files })
    expect(create.err).toBe(
      `error: failed to create configmap: Post "http://localhost:8080/api/v1/namespaces/default/configmaps?fieldManager=kubectl-create&fieldValidation=Strict": ${refused}\n`,
    )
    const apply = await run(['apply', '-f', 'cm.yaml'], {
      files: { ...known.files, 'cm.yaml': 'kind: ConfigMap\napiVersion: v1\nmetadata: {name: a}\n' },
    })
    expect(apply.err).toContain('error validating "cm.yaml": error validating data: failed to download openapi')
  })
})

describe('--overrides is decoded into the type that it patches', () => {
  const overridden = async (text: string, ...more: string[]): Promise<string> => {
    const { out, err } = await run(
      ['run', 'a', '--image=b', '--dry-run=client', '-o', 'json', `--overrides=${text}`, ...more],
      {
        server: server({}),
      },
    )
    return err || JSON.stringify(JSON.parse(out).spec)
  }
  const rest = '"restartPolicy":"Always","dnsPolicy":"ClusterFirst"'

  test.each([
    [
      '{"spec":{"x":1,"hostname":"h"}}',
      `{"containers":[{"name":"a","image":"b","resources":{}}],${rest},"hostname":"h"}`,
    ],
    ['{"spec":null}', '{"containers":null}'],
    [
      '{"spec":{"containers":"x"}}',
      'error: json: cannot unmarshal string into Go struct field PodSpec.spec.containers of type []v1.Container\n',
    ],
    [
      '{"apiVersion":"v2"}',
      'error: no kind "Pod" is registered for version "v2" in scheme "pkg/scheme/scheme.go:28"\n',
    ],
    ['x', 'error: Invalid JSON Patch\n'],
  ])('%s', async (text, words) => {
    expect(await overridden(text)).toBe(words)
  })

  it('whatever kind of patch it is', async () => {
    expect(await overridden('[{"op":"test","path":"/kind","value":"X"}]', '--override-type=json')).toBe(
      'error: testing value /kind failed: test failed\n',
    )
    expect(await overridden('{"spec":{"containers":[{"image":"q"}]}}', '--override-type=strategic')).toBe(
      'error: map: map[image:q] does not contain declared merge key: name\n',
    )
  })
})

it('what a generator remembers of its object is in the order of its type', async () => {
  const { out } = await run(
    [
      'create',
      'cm',
      'c',
      '--from-literal=b=1',
      '--from-literal=a=2',
      '--save-config',
      '--dry-run=client',
      '-o',
      'json',
    ],
    {
      server: server({}),
    },
  )
  expect(JSON.parse(out).metadata.annotations['kubectl.kubernetes.io/last-applied-configuration']).toBe(
    '{"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"c","creationTimestamp":null},"data":{"a":"2","b":"1"}}\n',
  )
})

test.each([
  ['2026-02-30T00:00:00Z', 'parsing time "2026-02-30T00:00:00Z": day out of range'],
  ['2026-11-27', 'parsing time "2026-11-27" as "2006-01-02T15:04:05Z07:00": cannot parse "" as "T"'],
  ['now', 'parsing time "now" as "2006-01-02T15:04:05Z07:00": cannot parse "now" as "2006"'],
])('%s is no time, for logs and for what an object says of its beginning', async (time, why) => {
  expect((await run(['logs', 'web', `--since-time=${time}`], { server: server({}) })).err).toBe(`error: ${why}\n`)
  const metadata = { name: 'a', creationTimestamp: time }
  expect(decodeProblem({ apiVersion: 'v1', kind: 'ConfigMap', metadata })).toBe(why)
})

describe('misuse is told in the words of kubectl', () => {
  test.each([
    [['gett', 'pods'], 'error: unknown command "gett" for "kubectl"\n\nDid you mean this?\n\tset\n\tget\n'],
    [['get', 'pods', '--foo'], "error: unknown flag: --foo\nSee 'kubectl get --help' for usage.\n"],
    [['get', 'pods', '-x'], "error: unknown shorthand flag: 'x' in -x\nSee 'kubectl get --help' for usage.\n"],
    [['get', 'pods', '-o'], "error: flag needs an argument: 'o' in -o\nSee 'kubectl get --help' for usage.\n"],
    [
      ['get', 'pods', '--watch=maybe'],
      'error: invalid argument "maybe" for "-w, --watch" flag: strconv.ParseBool: parsing "maybe": invalid syntax\nSee \'kubectl get --help\' for usage.\n',
    ],
    [['rollout', 'foo'], 'error: unknown command "foo"\nSee \'kubectl rollout -h\' for help and examples\n'],
    [['create', 'deployment', 'web'], 'error: required flag(s) "image" not set\n'],
    [['get', 'pods'], NO_SERVER(5)],
    [
      ['annotate', 'cm', 'a', 'k=v', 'k-'],
      'error: can not both modify and remove the following annotation(s) in the same command: k\n',
    ],
    [
      ['label', '--local', 'cm', 'a', 'k=v'],
      'error: can only use local files by -f pod.yaml or --filename=pod.json when --local=true is set\n',
    ],
    [
      ['apply', '-f', 'x.yaml', '--cascade=foo'],
      'error: invalid cascade value (foo). Must be "background", "foreground", or "orphan"\n',
    ],
    [
      ['run', 'i', '--image=busybox', '--cascade=foo'],
      'error: invalid cascade value (foo). Must be "background", "foreground", or "orphan"\n',
    ],
    [
      ['apply', '--server-side', '--prune', '-f', 'x.yaml', '-l', 'a=b'],
      "error: --prune is in alpha and doesn't currently work on objects created by server-side apply\n",
    ],
    [['delete', 'cm', '--all', '-l', 'a=b'], "error: setting 'all' parameter but found a non empty selector. \n"],
    [
      ['create', 'cm', 'a', '-o', 'yaml=x', '--dry-run=client'],
      'error: unable to match a printer suitable for the output format "yaml=x", allowed formats are: go-template,go-template-file,json,jsonpath,jsonpath-as-json,jsonpath-file,name,template,templatefile,yaml\n',
    ],
    [
      // What there is to print is looked for before a form for it.
      ['get', 'pods', '-o', 'yaml=x'],
      NO_SERVER(5),
    ],
    [
      ['set', 'resources'],
      "error: You must provide one or more resources by argument or filename.\nExample resource specifications include:\n   '-f rsrc.yaml'\n   '--filename=rsrc.json'\n   '<resource> <name>'\n   '<resource>'\n",
    ],
    // The flags that all generators have are read before a generator judges its own.
    [
      ['create', 'job', 'j', '--validate=nope'],
      'error: invalid - validate option "nope"; must be one of: strict (or true), warn, ignore (or false)\n',
    ],
    [
      ['create', 'clusterrole', 'c', '--aggregation-rule=a'],
      'error: invalid argument "a" for "--aggregation-rule" flag: malformed pair, expect string=string\nSee \'kubectl create clusterrole --help\' for usage.\n',
    ],
    [
      ['set', 'env', 'deploy/a', '--keys="'],
      'error: invalid argument "\\"" for "--keys" flag: parse error on line 1, column 2: extraneous or missing " in quoted-field\nSee \'kubectl set env --help\' for usage.\n',
    ],
    [
      ['taint', 'nodes', 'n', 'a=b=c:NoSchedule'],
      "error: invalid taint spec: a=b=c:NoSchedule\nSee 'kubectl taint -h' for help and examples\n",
    ],
    [
      ['wait', 'po/a', '--for=jsonpath={.status.phase}='],
      "error: jsonpath wait has to have a value after equal sign, like --for=jsonpath='{.status.readyReplicas}'=3\n",
    ],
    [
      ['auth', 'can-i', '--list', '--subresource=log'],
      "error: list option can't be specified with neither quiet, all-namespaces nor subresource options\n",
    ],
    [['get', 'pods', '-h', '--nope'], "error: unknown flag: --nope\nSee 'kubectl get --help' for usage.\n"],
    [['get', 'po', '--context', 'nope'], 'Error in configuration: context was not found for specified context: nope\n'],
    [['create', 'ns', 'a', '--context', 'nope'], 'error: context "nope" does not exist\n'],
    [['set', 'selector'], 'error: one selector is required\n'],
    [['create', 'service', 'externalname', 'e', '--external-name=b d'], 'error: invalid service external name b d\n'],
    [
      ['create', 'pdb', 'p', '--selector=a b', '--min-available=1'],
      "error: couldn't parse the selector string \"a b\": unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt\n",
    ],
    [['wait', 'pod/x', '--for=jsonpath='], 'error: jsonpath expression cannot be empty\n'],
    [['events', '--for', 'pod/a/b'], 'error: arguments in resource/name form may not have more than one slash\n'],
    [['auth', 'can-i', 'get', 'pods', '--no-headers'], 'error: --no-headers cannot be set without --list specified\n'],
    [
      ['auth', 'reconcile', '-f', 'x.yaml', '--dry-run=server'],
      'error: --dry-run=server for command reconcile is not supported yet\n',
    ],
    [['config', 'set'], 'error: Unexpected args: []\n'],
    [['run', 'web', '--image=bad image'], 'error: Invalid image name "bad image": invalid reference format\n'],
  ])('%j', async (argv, words) => {
    const { err, code } = await run(argv)
    expect(err).toBe(words)
    expect(code).toBe(1)
  })
})

describe('generators write manifests', () => {
  it('of a deployment, its JSON in the order of the types', async () => {
    const { out } = await run(['create', 'deployment', 'web', '--image=nginx:1.25', '--dry-run=client', '-o', 'json'])
    expect(Object.keys(JSON.parse(out))).toEqual(['kind', 'apiVersion', 'metadata', 'spec', 'status'])
    expect(JSON.parse(out).spec.template.spec.containers).toEqual([
      { name: 'nginx', image: 'nginx:1.25', resources: {} },
    ])
  })
  it('of a role made of others, whose labels know no quotes', async () => {
    const labels = '--aggregation-rule=a="b, c =d,'
    const { out } = await run(['create', 'clusterrole', 'all', labels, '--dry-run=client', '-o', 'json'])
    expect(JSON.parse(out).aggregationRule.clusterRoleSelectors).toEqual([{ matchLabels: { a: '"b', c: 'd' } }])
  })
  it('of a pod with its command after the dashes, where the server knows Pods', async () => {
    const line = [
      'run',
      'x',
      '--image=busybox',
      '--command',
      '--dry-run=client',
      '-o',
      'yaml',
      '--',
      'sh',
      '-c',
      'echo hi',
    ]
    expect((await run(line)).err).toContain('The connection to the server localhost:8080 was refused')
    const { out } = await run(line, { server: server({}) })
    expect(out).toContain('  - command:\n    - sh\n    - -c\n    - echo hi\n    image: busybox\n')
  })
})

describe('manifests', () => {
  test.each([
    ['a: [1,2\nb: 1\n', "yaml: line 1: did not find expected ',' or ']'"],
    ['a: b\n c: d\n', 'yaml: line 2: mapping values are not allowed in this context'],
    ['a: @x\n', 'yaml: found character that cannot start any token'],
    ['a:\n\tb: 1\n', 'yaml: line 2: found character that cannot start any token'],
    ['a: *b\n', "yaml: unknown anchor 'b' referenced"],
    ['x: 1\n- a\n', 'yaml: line 1: did not find expected key'],
  ])('%j is refused as go-yaml refuses it', async (text, words) => {
    expect(await documents(text)).toEqual([{ error: `error converting YAML to JSON: ${words}` }])
  })
  it('are read with the scalars of YAML 1.1', async () => {
    expect(await documents('a: yes\nb: 0777\nc: 1:20\nd: 2020-01-01\ne: 1_000\n')).toEqual([
      { object: { a: true, b: 511, c: '1:20', d: '2020-01-01', e: 1000 } },
    ])
  })
  it('that end like JSON are told like JSON', () => {
    expect(jsonError('{\n  "a": 1\n  "b": 2}')).toBe(
      "json: offset 14: invalid character '\"' after object key:value pair",
    )
  })
  it('without a kind are refused before anything is sent', async () => {
    const { err, requests } = await run(['apply', '-f', 'x.yaml'], {
      files: { 'x.yaml': 'apiVersion: v1\nmetadata: {name: x}\n' },
      server: server({}),
    })
    expect(err).toBe(
      'error: error validating "x.yaml": error validating data: kind not set; if you choose to ignore these errors, turn validation off with --validate=false\n',
    )
    expect(requests).toEqual([])
  })
})

describe('apply', () => {
  const manifest = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {x: "1"}\n'
  it('creates what is not there, and remembers what it applied', async () => {
    const made = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: 'default' } }
    const { out, requests } = await run(['apply', '-f', 'a.yaml'], {
      files: { 'a.yaml': manifest },
      server: server({ 'POST /api/v1/namespaces/default/configmaps': made }),
    })
    expect(out).toBe('configmap/a created\n')
    expect(requests.at(-1)).toContain(
      'POST /api/v1/namespaces/default/configmaps?fieldManager=kubectl-client-side-apply&fieldValidation=Strict',
    )
    expect(requests.at(-1)).toContain('kubectl.kubernetes.io/last-applied-configuration')
  })
  it('leaves alone what is as it should be', async () => {
    const last =
      '{"apiVersion":"v1","data":{"x":"1"},"kind":"ConfigMap","metadata":{"annotations":{},"name":"a","namespace":"default"}}\n'
    const live = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: {
        name: 'a',
        namespace: 'default',
        annotations: { 'kubectl.kubernetes.io/last-applied-configuration': last },
      },
      data: { x: '1' },
    }
    const { out } = await run(['apply', '-f', '-'], {
      stdin: manifest,
      server: server({ 'GET /api/v1/namespaces/default/configmaps/a': live }),
    })
    expect(out).toBe('configmap/a unchanged\n')
  })
})

it('get of what is not there says first that there is no such namespace', async () => {
  const { err, requests } = await run(['get', 'cm', 'a', '-n', 'nowhere'], { server: server({}) })
  expect(requests.at(-1)).toContain('GET /api/v1/namespaces/nowhere')
  expect(err).toContain('Error from server (NotFound)')
})

describe('patch', () => {
  const a = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: 'default' }, data: { x: '1' } }
  const path = '/api/v1/namespaces/default/configmaps/a'
  it.each(['none', 'server', 'client'])('says no word of a dry run, here %s', async dryRun => {
    const { out } = await run(['patch', 'cm', 'a', '--type=merge', '-p', '{"data":{"x":"2"}}', `--dry-run=${dryRun}`], {
      server: server({ [`GET ${path}`]: a, [`PATCH ${path}`]: { ...a, data: { x: '2' } } }),
    })
    expect(out).toBe('configmap/a patched\n')
  })
})

describe('strategic patches', () => {
  const pod = (containers: object[]): object => ({ spec: { containers } })
  it('merge lists by their keys and keep what others added', () => {
    const last = pod([
      {
        name: 'web',
        image: 'nginx:1',
        env: [
          { name: 'A', value: '1' },
          { name: 'B', value: '2' },
        ],
      },
    ])
    const live = pod([
      {
        name: 'web',
        image: 'nginx:1',
        env: [
          { name: 'A', value: '1' },
          { name: 'B', value: '2' },
        ],
      },
      { name: 'injected', image: 'x' },
    ])
    const next = pod([{ name: 'web', image: 'nginx:2', env: [{ name: 'A', value: '1' }] }])
    const patch = threeWayPatch('Pod', last, next, live)
    expect(applyStrategicPatch('Pod', live, patch)).toEqual(
      pod([
        { name: 'web', image: 'nginx:2', env: [{ name: 'A', value: '1' }] },
        { name: 'injected', image: 'x' },
      ]),
    )
  })
  it('between two versions lead from one to the other', () => {
    const a = { spec: { replicas: 1, strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1 } } } }
    const b = { spec: { replicas: 2, strategy: { type: 'Recreate' } } }
    const patch = twoWayPatch('Deployment', a, b)
    expect(patch.spec.strategy.$retainKeys).toEqual(['type'])
    expect(applyStrategicPatch('Deployment', a, patch)).toEqual(b)
  })
})

describe('config', () => {
  const config =
    'apiVersion: v1\nkind: Config\ncurrent-context: dev\ncontexts:\n- name: dev\n  context: {cluster: one, user: joe}\n- name: prod\n  context: {cluster: two, user: joe, namespace: live}\n'
  it('lists contexts, the current one marked', async () => {
    const { out } = await run(['config', 'get-contexts'], { files: { c: config }, env: { KUBECONFIG: 'c' } })
    expect(out).toBe(
      'CURRENT   NAME   CLUSTER   AUTHINFO   NAMESPACE\n*         dev    one       joe        \n          prod   two       joe        live\n',
    )
  })
  it('switches, and writes the file', async () => {
    const { out, files } = await run(['config', 'use-context', 'prod'], {
      files: { c: config },
      env: { KUBECONFIG: 'c' },
    })
    expect(out).toBe('Switched to context "prod".\n')
    expect(files.c).toContain('current-context: prod\n')
  })
})

it('edit says when nothing was changed', async () => {
  const live = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: 'default' }, data: { x: '1' } }
  const { err } = await run(['edit', 'cm', 'a'], {
    server: server({ 'GET /api/v1/namespaces/default/configmaps/a': live }),
  })
  expect(err).toBe('Edit cancelled, no changes made.\n')
})

it('completion offers verbs, types and flags', async () => {
  const offered = async (...words: string[]): Promise<string> =>
    (await run(['__complete', ...words], { server: server({ 'GET /api/v1/namespaces/default/pods': pods }) })).out
  const pods = { items: [{ metadata: { name: 'web' } }, { metadata: { name: 'db' } }] }
  expect(await offered('desc')).toBe('describe\tShow details of a specific resource or group of resources\n:4\n')
  expect(await offered('get', 'conf')).toBe('configmaps\n:4\n')
  expect(await offered('get', 'cm,po')).toBe('cm,pods\n:4\n')
  expect(await offered('get', 'pods', '')).toBe('web\ndb\n:4\n')
  expect(await offered('get', 'pods', 'web', '')).toBe('db\n:4\n')
  expect(await offered('get', '--show-l')).toBe(
    '--show-labels\tWhen printing, show all labels as the last column (default hide labels column)\n:4\n',
  )
  expect(await offered('logs', 'we')).toBe('web\n:4\n')
  expect(await offered('logs', 'st')).toBe('statefulsets/\n:6\n')
  expect(await offered('scale', '--repl')).toBe('--replicas\tThe new desired number of replicas. Required.\n:4\n')
  expect(await offered('rollout', 'pause', '')).toBe('deployment\n:4\n')
  expect(await offered('apply', '-f', '')).toBe('json\nyaml\nyml\n:8\n')
  expect(await offered('explain', 'po')).toBe(':0\n')
  expect((await run(['__completeNoDesc', 'get', '--show-l'])).out).toBe('--show-labels\n:4\n')
})

it('reads comma-separated values as Go does', () => {
  expect(splitCsv('a,"b,c",d')).toEqual(['a', 'b,c', 'd'])
})
