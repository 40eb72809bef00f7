/** Every flag of every verb, with values that fit it and values that don't; nothing that is run changes anything. */
import { type Command, flagsOf } from '../../kubectl/command/command.ts'
import type { FlagRow } from '../../kubectl/command/flags.ts'
import { commands } from '../../kubectl/verbs.ts'

/** What a verb needs to have something to do; `%` is where the flag goes, before what belongs to a container. */
const TYPICAL: Readonly<Record<string, readonly string[]>> = {
  get: ['pods', 'deploy web', '-f web.yaml'],
  describe: ['po web', 'deploy'],
  explain: ['pods.spec', 'deploy'],
  delete: ['po web', 'deploy -l app=web', '-f web.yaml'],
  create: ['-f web.yaml', '-f new.yaml'],
  'create clusterrole': ['c --verb=get --resource=pods'],
  'create clusterrolebinding': ['c --clusterrole=view --user=jane'],
  'create configmap': ['c --from-literal=a=b', 'c'],
  'create cronjob': ['c --image=busybox --schedule="* * * * *"'],
  'create deployment': ['d --image=nginx', 'd'],
  'create ingress': ['i --rule=a.b/x=s:80', 'i'],
  'create job': ['j --image=busybox', 'j'],
  'create namespace': ['n'],
  'create poddisruptionbudget': ['p --selector=app=web --min-available=1', 'p'],
  'create priorityclass': ['p --value=5', 'p'],
  'create quota': ['q --hard=pods=1', 'q'],
  'create role': ['r --verb=get --resource=pods'],
  'create rolebinding': ['r --role=view --user=jane'],
  'create secret docker-registry': [
    's --docker-username=a --docker-password=b --docker-email=c --docker-server=d',
    's',
  ],
  'create secret generic': ['s --from-literal=a=b', 's'],
  'create secret tls': ['s --cert=web.yaml --key=web.yaml', 's'],
  'create service clusterip': ['s --tcp=80', 's'],
  'create service externalname': ['s --external-name=a.b', 's'],
  'create service loadbalancer': ['s --tcp=80'],
  'create service nodeport': ['s --tcp=80'],
  'create serviceaccount': ['s'],
  'create token': ['default', 'nope'],
  expose: ['deploy web --port=80', 'deploy web', 'po web --port=80 --name=other', 'svc web --port=80 --name=other'],
  run: ['a --image=busybox', 'a --image=busybox % -- sleep 1'],
  'set env': ['deploy/web A=1', 'deploy --all A-', 'deploy/web'],
  'set image': ['deploy/web *=nginx:2', 'deploy --all *=nginx:2'],
  'set resources': ['deploy/web --limits=cpu=1', 'deploy/web'],
  'set selector': ['svc/web a=b', 'svc a=b'],
  'set serviceaccount': ['deploy/web default', 'deploy default'],
  'set subject': ['rolebinding/web --user=jane', 'rolebinding/web'],
  'rollout history': ['deploy/web', 'deploy'],
  'rollout status': ['deploy/web --timeout=1s'],
  'rollout undo': ['deploy/web'],
  scale: ['deploy/web --replicas=2', 'deploy web db --replicas=1', 'deploy/web'],
  autoscale: ['deploy/web --max=3', 'deploy web', 'rs --max=2'],
  'top node': ['', 'node-1'],
  'top pod': ['', 'web'],
  cordon: ['node-1'],
  uncordon: ['node-1'],
  drain: ['node-1', 'node-1 --ignore-daemonsets --force --delete-emptydir-data'],
  taint: ['nodes node-1 a=b:NoSchedule', 'nodes a=b:NoExecute', 'nodes node-1 a-'],
  logs: ['web', 'deploy/web', '-l app=web'],
  'auth can-i': ['get pods', '--list', 'get pods/log', 'get /healthz'],
  'auth reconcile': ['-f role.yaml', '-f web.yaml'],
  'auth whoami': [''],
  events: ['', '--for=po/web'],
  diff: ['-f web.yaml', '-f new.yaml'],
  apply: ['-f web.yaml', '-f new.yaml', '-f many.yaml'],
  'apply set-last-applied': ['-f web.yaml'],
  'apply view-last-applied': ['po web', 'deploy web', '-f web.yaml'],
  patch: [`deploy web -p '{"spec":{"replicas":2}}'`, 'po web -p {}', 'deploy web'],
  replace: ['-f web.yaml', '-f new.yaml'],
  wait: ['po/web --for=condition=Ready --timeout=1s', 'deploy/web --for=jsonpath={.spec.replicas} --timeout=1s'],
  kustomize: ['kustom', ''],
  label: ['po web a=b', 'po a-', 'deploy web app-', 'po web'],
  annotate: ['po web a=b', 'po a-', 'deploy web app-', 'po web'],
  completion: ['bash'],
  'api-resources': [''],
  'api-versions': [''],
  'cluster-info': [''],
  'config view': [''],
  'config get-contexts': [''],
  'config get-clusters': [''],
  'config current-context': [''],
  'plugin list': [''],
  version: [''],
  options: [''],
}

/** Values by the name of a flag, where those of its type are too plain. */
const BY_NAME: Readonly<Record<string, readonly string[]>> = {
  output: [
    ...'yaml json name wide nope jsonpath={.metadata.name} jsonpath={.a jsonpath-as-json={.kind} custom-columns=A:.kind'.split(
      ' ',
    ),
    'go-template={{.kind}}',
    'go-template={{.kind',
    'template={{.metadata.name}}',
    'jsonpath-file=path.txt',
    'go-template-file=template.txt',
    'custom-columns-file=columns.txt',
    'plaintext-openapiv2',
  ],
  template: ['{{.kind}}', '{{.x', 'template.txt'],
  selector: ['app=web', 'a in (b', '!app', 'nope=x'],
  'field-selector': ['metadata.name=web', 'x', 'a=b'],
  filename: [
    'web.yaml',
    'nofile',
    'folder',
    'broken.yaml',
    'many.yaml',
    'list.yaml',
    '-',
    'https://127.0.0.1:1/x.yaml',
  ],
  kustomize: ['kustom', 'folder'],
  'dry-run': ['client', 'server', 'nope', ''],
  validate: ['true', 'false', 'warn', 'ignore', 'strict', 'nope'],
  cascade: ['orphan', 'foreground', 'background', 'true', 'false', 'nope'],
  namespace: ['shop', 'nope', 'Bad_', ''],
  'sort-by': ['.metadata.name', '{.metadata.name}', '.spec.nope', '{.x', 'metadata.name', '.status', 'cpu', 'name'],
  for: ['po/web', 'condition=Ready', 'jsonpath={.spec.nodeName}', 'delete', 'create', 'condition=Nope=x', 'nope'],
  type: ['json', 'merge', 'strategic', 'nope', 'NodePort', 'Warning'],
  types: ['Warning', 'Normal,Warning', 'nope'],
  patch: ['{"metadata":{"labels":{"a":"b"}}}', '[{"op":"add","path":"/x"}]', '{', '[]', 'a: b', 'spec: {replicas: 3}'],
  'patch-file': ['patch.yaml', 'nofile'],
  subresource: ['status', 'scale', 'resize', 'nope'],
  containers: ['nginx', 'nope', '*'],
  container: ['web', 'nope', ''],
  'label-columns': ['app', 'app,nope', ''],
  raw: ['/version', '/nope', 'x'],
  limits: ['cpu=1', 'cpu=x', 'cpu', 'memory=1Gi,cpu=100m', 'nope=1'],
  requests: ['cpu=1', 'cpu=x', 'cpu', 'memory=1Gi,cpu=100m'],
  image: ['busybox:1.36', 'Bad Image', '', 'a/b/c:d@sha256:x'],
  port: ['80', '0', '-1', '99999', 'x'],
  'target-port': ['80', 'http', 'Bad_Name', '99999', ''],
  protocol: ['UDP', 'SCTP', 'nope'],
  'cluster-ip': ['None', '10.96.9.9', 'x'],
  'external-ip': ['1.2.3.4', 'x'],
  'load-balancer-ip': ['1.2.3.4', 'x'],
  'session-affinity': ['ClientIP', 'None', 'nope'],
  overrides: ['{"apiVersion":"v1","spec":{"hostNetwork":true}}', '{"spec":{"x":1}}', '{', '[]'],
  'override-type': ['json', 'merge', 'strategic', 'nope'],
  env: ['A=1', 'A', 'A=1,B=2', 'A=', '=x', '1A=b'],
  labels: ['a=b', 'a', 'a=b,c=d', 'a=b=c', '-x=y'],
  annotations: ['a=b', 'a', 'a=b,c=d', ''],
  restart: ['Never', 'OnFailure', 'Always', 'nope'],
  'image-pull-policy': ['Always', 'Never', 'nope'],
  verb: ['get', 'get,list', '*', 'nope', ''],
  verbs: ['list', 'list,get', 'nope'],
  resource: ['pods', 'deployments.apps', 'pods/log', 'nope', 'pods,nope', '*', '*.apps', 'pods.apps', ''],
  resources: ['pods'],
  'resource-name': ['a', 'a,b', ''],
  'non-resource-url': ['/healthz', 'healthz', '/x/*', '*', '/*x'],
  'aggregation-rule': ['a=b', 'a=b,c=d', 'a'],
  serviceaccount: ['default:x', 'x', 'a:b:c', ''],
  user: ['jane', '', 'a,b'],
  group: ['g', ''],
  role: ['r', ''],
  clusterrole: ['c', ''],
  schedule: ['* * * * *', 'nope', '@daily', ''],
  rule: ['a.b/x*=s:80', '/=s:http', 'a.b/=s:80,tls', 'a.b/=s:80,tls=x', 'a.b', 'a.b/=s', '*.a/x=s:80', 'a.b/=S:80'],
  'default-backend': ['s:80', 's', 's:http', ':80'],
  class: ['x', ''],
  annotation: ['a=b', 'a', 'a=b=c'],
  hard: ['pods=1', 'pods', 'pods=x', 'cpu=1,memory=1G', 'nope=1'],
  scopes: ['BestEffort', 'BestEffort,NotBestEffort', 'nope'],
  'min-available': ['1', '50%', 'x', '-1'],
  'max-unavailable': ['1', '50%', 'x'],
  value: ['5', '-5', '2000000000', 'x'],
  'preemption-policy': ['Never', 'nope'],
  from: ['cronjob/web', 'cronjob/nope', 'deploy/web', 'configmap/web', 'secret/nope', 'cronjob'],
  'from-literal': ['x=y', 'x', 'x=', '=y', 'x=y,z', 'a b=c', 'x=1 --from-literal=x=2'],
  'from-file': ['web.yaml', 'x=web.yaml', 'nofile', 'folder', 'x=folder', '=web.yaml', 'x='],
  'from-env-file': ['env.txt', 'nofile', 'badenv.txt', 'folder'],
  tcp: ['80', '80:http', '80:8080', 'x', '80:x:y', '99999', '0', '80 --tcp=81'],
  'node-port': ['30080', '1', 'x', '-1'],
  clusterip: ['None', '10.96.9.9', 'x'],
  'external-name': ['a.b', 'Bad_', ''],
  'bound-object-kind': ['Pod', 'Secret', 'Node', 'nope'],
  audience: ['a', ''],
  duration: ['10m', '1s', '10x', '-1s', '99999h'],
  replicas: ['0', '3', '-1', 'x'],
  'current-replicas': ['1', '2', '-2'],
  'resource-version': ['1', 'x', ''],
  max: ['3', '0', '-1', '1'],
  min: ['1', '5', '-5'],
  'cpu-percent': ['50', '0', '-1', '101'],
  cpu: ['50%', '500m', 'x', '0'],
  memory: ['50%', '500Mi', 'x'],
  revision: ['1', '9', '-1', '0'],
  'to-revision': ['1', '9', '-1', '0'],
  timeout: ['1s', '0', '-1s', 'x', '5'],
  'grace-period': ['0', '1', '-1', 'x'],
  since: ['1s', '1h', '-1s', 'x'],
  'since-time': ['2020-01-01T00:00:00Z', 'x'],
  tail: ['0', '1', '-1', 'x'],
  'limit-bytes': ['1', '0', '-1'],
  'max-log-requests': ['1', '0'],
  'api-version': ['v1', 'apps/v1', 'v2', 'x/y/z'],
  'api-group': ['apps', '', 'nope'],
  categories: ['all', 'nope'],
  as: ['jane', '', 'system:serviceaccount:default:default'],
  'as-group': ['g', 'system:masters'],
  'as-uid': ['1'],
  context: ['nope'],
  cluster: ['nope'],
  kubeconfig: ['nofile', 'web.yaml', ''],
  server: ['http://127.0.0.1:1', 'x', 'ftp://x'],
  token: ['x'],
  'chunk-size': ['1', '0', '-1'],
  'prune-allowlist': ['core/v1/ConfigMap', 'nope', 'a/b/c', 'apps/v1/Deployment', 'v1/ConfigMap'],
  'prune-whitelist': ['core/v1/ConfigMap'],
  'field-manager': ['me', ''],
  applyset: ['configmaps/x', 'x', 'nope/x'],
  'pod-selector': ['app=web', 'a in (b'],
  'skip-wait-for-delete-timeout': ['1'],
  'env-file': ['x'],
  'load-restrictor': ['LoadRestrictionsNone', 'nope'],
  'output-directory': ['x'],
  profile: ['general', 'nope'],
  'profile-output': [],
  'cache-dir': [],
  v: ['1', 'x'],
  vmodule: ['a=1', 'x'],
  'request-timeout': ['1s', '5', 'x', '-1'],
}

const BY_TYPE: Readonly<Record<FlagRow[2], readonly string[]>> = {
  bool: ['false', 'x'],
  tristate: ['false', 'x'],
  string: ['x', ''],
  int: ['1', '0', '-1', 'x', '1.5', '99999999999999999999'],
  duration: ['1s', '0', '-1s', '5', 'x'],
  slice: ['x', 'x,y', '', '"'],
  array: ['x', 'x,y', ''],
  map: ['a=b', 'x', ''],
  plainmap: ['a=b', 'x', ''],
}

/** Flags that would not come to an end, or that speak of Go alone. */
const NEVER = new Set(
  'watch watch-only follow interactive edit attach rm stdin tty log-flush-frequency filename-'.split(' '),
)

const quoted = (text: string): string => (/[\s"]/.test(text) || !text ? JSON.stringify(text) : text)

function valuesOf([name, , type]: FlagRow): string[] {
  const bare = type === 'bool' || type === 'tristate' ? [`--${name}`] : []
  return [...bare, ...(BY_NAME[name] ?? BY_TYPE[type]).map(value => `--${name}=${quoted(value)}`)]
}

async function ofCommand(command: Command, path: readonly string[], more: readonly FlagRow[]): Promise<string[]> {
  const words = [...path, command.name]
  const name = words.join(' ')
  const below = (await Promise.all((command.commands ?? []).map(c => ofCommand(c, words, more)))).flat()
  const typical = TYPICAL[name]
  if (!typical) return below
  const { help } = await command.help()
  const flags = flagsOf(help)
  const unchanging = flags.some(([flag]) => flag === 'dry-run') ? ' --dry-run=client' : ''
  const line = (args: string, flag: string): string => {
    const [before, after] = args.includes('%') ? (args.split('%') as [string, string]) : [args, '']
    const dry = flag.includes('--dry-run') ? '' : unchanging
    return `${name} ${before.trim()} ${flag}${dry} ${after.trim()}`.trim().replace(/ +/g, ' ')
  }
  const asked = [...flags, ...more].filter(([flag]) => !NEVER.has(flag)).flatMap(valuesOf)
  return [...typical.flatMap(args => ['', ...asked].map(flag => line(args, flag))), ...below]
}

/** Flags of all verbs are asked of some only. */
const GLOBAL = new Set(
  'namespace as as-group context cluster request-timeout server user kubeconfig warnings-as-errors'.split(' '),
)
const ASKED_GLOBALS = new Set(['get', 'run', 'config', 'auth', 'apply'])

export async function flaggedLines(globals: readonly FlagRow[]): Promise<string[]> {
  const shared = globals.filter(([name]) => GLOBAL.has(name))
  const lines = await Promise.all(commands.map(c => ofCommand(c, [], ASKED_GLOBALS.has(c.name) ? shared : [])))
  return [...new Set(lines.flat())]
}
