/** Operations of a kind by path, from its description, for both versions of OpenAPI. */
import { type KindDef, resourceOf, type Subresource } from '../../api/kind.ts'
import { ALL_VERBS } from '../discovery/discovery.ts'
import { returnsDeleted } from '../write/deleting.ts'
import { listModel, modelOf } from './models.ts'
import { CONNECTED, type Parameter, UNDERSTOOD } from './parameters.ts'

export type Method = 'get' | 'put' | 'post' | 'delete' | 'options' | 'head' | 'patch'

export interface GroupVersionKind {
  group: string
  kind: string
  version: string
}

export interface Operation {
  method: Method
  /** As clients that are generated call it; unique. */
  id: string
  description: string
  tag: string
  action?: string
  kind?: GroupVersionKind
  /** Besides those of all operations at the path. */
  parameters: readonly Parameter[]
  /** The model that is sent. */
  body?: { model: string; required: boolean }
  consumes?: readonly string[]
  produces: readonly string[]
  /** Status → model that is answered; 'string' for plain text. */
  answers: Readonly<Record<number, string>>
}

/** @see Operation; `named` is what the object in the path is called after. */
export interface PathItem {
  path: string
  parameters: readonly Parameter[]
  /** The kind that the name in the path is of. */
  named?: string
  operations: readonly Operation[]
}

const META = 'io.k8s.apimachinery.pkg.apis.meta.v1.'
const STATUS = `${META}Status`
const OPTIONS = `${META}DeleteOptions`
const PATCH = `${META}Patch`
const SCALE = 'io.k8s.api.autoscaling.v1.Scale'

const JSON_AND_YAML = ['application/json', 'application/yaml']
const PROTOBUF = 'application/vnd.kubernetes.protobuf'
export const OLD_FORMS = [...JSON_AND_YAML, PROTOBUF]
export const FORMS = [...OLD_FORMS, 'application/cbor']
const STREAMS = [...FORMS, 'application/json;stream=watch', `${PROTOBUF};stream=watch`, 'application/cbor-seq']
const PATCHES = [
  'application/json-patch+json',
  'application/merge-patch+json',
  'application/strategic-merge-patch+json',
  'application/apply-patch+yaml',
  'application/apply-patch+cbor',
]
const CUSTOM_PATCHES = ['application/json-patch+json', 'application/merge-patch+json', 'application/apply-patch+yaml']
const ANYTHING = ['*/*']

/** Kinds of what is sent to a subresource, where it is not the object's own. */
const SENT: { readonly [S in Subresource]?: GroupVersionKind & { model: string } } = {
  scale: { group: 'autoscaling', version: 'v1', kind: 'Scale', model: SCALE },
  binding: { group: '', version: 'v1', kind: 'Binding', model: 'io.k8s.api.core.v1.Binding' },
  eviction: { group: 'policy', version: 'v1', kind: 'Eviction', model: 'io.k8s.api.policy.v1.Eviction' },
  token: {
    group: 'authentication.k8s.io',
    version: 'v1',
    kind: 'TokenRequest',
    model: 'io.k8s.api.authentication.v1.TokenRequest',
  },
}

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1)
/** `rbac.authorization.k8s.io` → rbacAuthorization, the group without a name → core. */
const groupId = (group: string): string =>
  group
    .replace(/\.k8s\.io$/, '')
    .split(/[^a-zA-Z0-9]+/)
    .map((part, i) => (i ? capital(part) : part))
    .join('') || 'core'

/** Names of operations of a group, or of a version of it. */
export const idsOf = (group: string, version = '') => ({
  tag: version ? `${groupId(group)}_${version}` : groupId(group),
  id: (verb: string, rest: string): string => `${verb}${capital(groupId(group))}${capital(version)}${capital(rest)}`,
})

function article(noun: string): string {
  if (noun.endsWith('s') && !noun.endsWith('ss')) return ' '
  return /^[aeiou]/i.test(noun) ? ' an ' : ' a '
}

const PLACED: readonly Parameter[] = ['namespace']

/** All paths of a kind. */
export function pathsOf(kind: KindDef): PathItem[] {
  const root = `${kind.group ? `/apis/${kind.group}` : '/api'}/${kind.version}`
  const inNamespace = kind.namespaced ? '/namespaces/{namespace}' : ''
  const at = (prefix: string): string => `${root}${prefix}/${kind.plural}`
  const verbs = new Set<string>(kind.verbs ?? ALL_VERBS)
  const can = (...operations: (Operation | false)[]): Operation[] => operations.filter(o => o !== false)
  const of = operationsOf(kind)
  const here = kind.namespaced ? PLACED : []
  const item = (
    path: string,
    operations: Operation[],
    parameters: readonly Parameter[] = [],
    named?: string,
  ): PathItem => ({
    path,
    operations,
    parameters: [...here, 'pretty', ...parameters],
    ...(named && { named }),
  })
  const name = `${at(inNamespace)}/{name}`
  const watched = verbs.has('watch') && !kind.custom
  const everywhere = (of_: PathItem): PathItem => ({
    ...of_,
    parameters: of_.parameters.filter(p => p !== 'namespace'),
  })
  return [
    item(
      at(inNamespace),
      can(
        verbs.has('list') && of.list(),
        verbs.has('create') && of.create(),
        verbs.has('deletecollection') && of.deleteAll(),
      ),
    ),
    item(
      name,
      can(
        verbs.has('get') && of.read(),
        verbs.has('update') && of.replace(),
        verbs.has('delete') && of.delete(),
        verbs.has('patch') && of.patch(),
      ),
      [],
      kind.kind,
    ),
    ...(kind.namespaced && verbs.has('list') ? [everywhere(item(at(''), [of.list(true)]))] : []),
    ...(kind.subresources ?? []).flatMap(sub => subresourcePaths(kind, sub, name, of, item)),
    ...(watched
      ? [
          ...(kind.namespaced ? [everywhere(item(`${root}/watch/${kind.plural}`, [of.watchList(true)]))] : []),
          item(`${root}/watch${inNamespace}/${kind.plural}`, [of.watchList()]),
          item(`${root}/watch${inNamespace}/${kind.plural}/{name}`, [of.watch()], [], kind.kind),
        ]
      : []),
  ].filter(({ operations }) => operations.length)
}

type Of = ReturnType<typeof operationsOf>

function operationsOf(kind: KindDef) {
  const { tag, id } = idsOf(kind.group, kind.version)
  const own: GroupVersionKind = { group: kind.group, kind: kind.kind, version: kind.version }
  const model = modelOf(kind)
  const place = kind.namespaced ? 'Namespaced' : ''
  const forms = kind.custom ? JSON_AND_YAML : FORMS
  const consumes = kind.custom ? JSON_AND_YAML : ANYTHING
  const gone = !kind.custom && returnsDeleted(kind) && kind.plural !== 'namespaces' ? model : STATUS
  const base = { tag, kind: own, produces: forms, consumes }
  const list = kind.custom || !kind.verbs || kind.verbs.includes('watch') ? 'list or watch' : 'list'
  const streams = kind.custom ? forms : STREAMS
  /** ` status of`, and the name of the operation's end. */
  const sub = (subresource = ''): [string, string] => [subresource && ` ${subresource} of`, capital(subresource)]
  const sent = (subresource: Subresource | undefined) =>
    (!kind.custom && subresource && SENT[subresource]) || { ...own, model: subresource === 'scale' ? SCALE : model }
  const gvk = ({ group, kind, version }: GroupVersionKind): GroupVersionKind => ({ group, kind, version })
  return {
    list: (everywhere = false): Operation => ({
      ...base,
      method: 'get',
      id: id('list', `${everywhere ? '' : place}${kind.kind}${everywhere ? 'ForAllNamespaces' : ''}`),
      description: `${kind.custom ? 'list' : list} objects of kind ${kind.kind}`,
      action: 'list',
      parameters: UNDERSTOOD.list,
      produces: streams,
      answers: { 200: listModel(kind) },
    }),
    create: (subresource?: Subresource): Operation => ({
      ...base,
      method: 'post',
      id: id('create', `${place}${kind.kind}${sub(subresource)[1]}`),
      description: `create${sub(subresource)[0]}${article(kind.kind)}${kind.kind}`,
      action: 'post',
      kind: gvk(sent(subresource)),
      parameters: UNDERSTOOD.write,
      body: { model: sent(subresource).model, required: true },
      answers: { 200: sent(subresource).model, 201: sent(subresource).model, 202: sent(subresource).model },
    }),
    deleteAll: (): Operation => ({
      ...base,
      method: 'delete',
      id: id('delete', `Collection${place}${kind.kind}`),
      description: `delete collection of ${kind.kind}`,
      action: 'deletecollection',
      parameters: kind.custom ? UNDERSTOOD.list : UNDERSTOOD.deletecollection,
      ...(!kind.custom && { body: { model: OPTIONS, required: false } }),
      answers: { 200: STATUS },
    }),
    read: (subresource?: Subresource): Operation => ({
      ...base,
      method: 'get',
      id: id('read', `${place}${kind.kind}${sub(subresource)[1]}`),
      description: `read${sub(subresource)[0]} the specified ${kind.kind}`,
      action: 'get',
      kind: gvk(sent(subresource)),
      parameters: kind.custom ? ['resourceVersion'] : UNDERSTOOD.get,
      answers: { 200: sent(subresource).model },
    }),
    replace: (subresource?: Subresource): Operation => ({
      ...base,
      method: 'put',
      id: id('replace', `${place}${kind.kind}${sub(subresource)[1]}`),
      description: `replace${sub(subresource)[0]} the specified ${kind.kind}`,
      action: 'put',
      kind: gvk(sent(subresource)),
      parameters: UNDERSTOOD.write,
      body: { model: sent(subresource).model, required: true },
      answers: { 200: sent(subresource).model, 201: sent(subresource).model },
    }),
    patch: (subresource?: Subresource): Operation => ({
      ...base,
      method: 'patch',
      id: id('patch', `${place}${kind.kind}${sub(subresource)[1]}`),
      description: `partially update${sub(subresource)[0]} the specified ${kind.kind}`,
      action: 'patch',
      kind: gvk(sent(subresource)),
      parameters: UNDERSTOOD.patch,
      body: { model: PATCH, required: true },
      consumes: kind.custom ? CUSTOM_PATCHES : PATCHES,
      answers: kind.custom
        ? { 200: sent(subresource).model }
        : { 200: sent(subresource).model, 201: sent(subresource).model },
    }),
    delete: (): Operation => ({
      ...base,
      method: 'delete',
      id: id('delete', `${place}${kind.kind}`),
      description: `delete${article(kind.kind)}${kind.kind}`,
      action: 'delete',
      parameters: UNDERSTOOD.delete,
      body: { model: OPTIONS, required: false },
      answers: { 200: gone, 202: gone },
    }),
    watchList: (everywhere = false): Operation => ({
      ...base,
      method: 'get',
      id: id('watch', `${everywhere ? '' : place}${kind.kind}List${everywhere ? 'ForAllNamespaces' : ''}`),
      description: `watch individual changes to a list of ${kind.kind}. deprecated: use the 'watch' parameter with a list operation instead.`,
      action: 'watchlist',
      parameters: UNDERSTOOD.list,
      produces: streams,
      answers: { 200: `${META}WatchEvent` },
    }),
    watch: (): Operation => ({
      ...base,
      method: 'get',
      id: id('watch', `${place}${kind.kind}`),
      description: `watch changes to an object of kind ${kind.kind}. deprecated: use the 'watch' parameter with a list operation instead, filtered to a single item with the 'fieldSelector' parameter.`,
      action: 'watch',
      parameters: UNDERSTOOD.list,
      produces: streams,
      answers: { 200: `${META}WatchEvent` },
    }),
    connect: (method: Method, subresource: Subresource, optionsKind: string, withPath: boolean): Operation => ({
      ...base,
      method,
      id: id('connect', `${capital(method)}${place}${kind.kind}${capital(subresource)}${withPath ? 'WithPath' : ''}`),
      description: `connect ${method.toUpperCase()} requests to ${subresource} of ${kind.kind}`,
      action: 'connect',
      kind: { group: '', kind: optionsKind, version: 'v1' },
      parameters: [],
      consumes: ANYTHING,
      produces: ANYTHING,
      answers: { 200: 'string' },
    }),
  }
}

const OPTIONS_KINDS: Readonly<Record<string, string>> = {
  'pods/attach': 'PodAttachOptions',
  'pods/exec': 'PodExecOptions',
  'pods/portforward': 'PodPortForwardOptions',
  'pods/proxy': 'PodProxyOptions',
  'services/proxy': 'ServiceProxyOptions',
  'nodes/proxy': 'NodeProxyOptions',
}

function subresourcePaths(
  kind: KindDef,
  sub: Subresource,
  name: string,
  of: Of,
  item: (path: string, operations: Operation[], parameters?: readonly Parameter[], named?: string) => PathItem,
): PathItem[] {
  const path = `${name}/${sub}`
  const which = `${resourceOf(kind)}/${sub}`
  const options = OPTIONS_KINDS[which]
  if (options) {
    const methods: Method[] =
      sub === 'proxy' ? ['get', 'put', 'post', 'delete', 'options', 'head', 'patch'] : ['get', 'post']
    const bare = (path: string, withPath: boolean): PathItem => {
      const one = item(
        path,
        methods.map(m => of.connect(m, sub, options, withPath)),
        [...CONNECTED[which]!, ...(withPath ? ['pathBehind' as const] : [])],
        options,
      )
      return { ...one, parameters: one.parameters.filter(p => p !== 'pretty') }
    }
    return [bare(path, false), ...(sub === 'proxy' ? [bare(`${path}/{path}`, true)] : [])]
  }
  const named = (!kind.custom && SENT[sub]?.kind) || kind.kind
  if (sub === 'log') {
    const log: Operation = { ...of.read(sub), produces: ['text/plain', ...FORMS], answers: { 200: 'string' } }
    return [item(path, [log], CONNECTED[which], named)]
  }
  if (sub === 'finalize') return [item(path, [of.replace(sub)], [], named)]
  if (sub === 'binding' || sub === 'eviction' || sub === 'token') return [item(path, [of.create(sub)], [], named)]
  return [item(path, [of.read(sub), of.replace(sub), of.patch(sub)], [], named)]
}
