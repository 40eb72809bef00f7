/**
 * What `import '@kubernetes/client-node'` finds in the simulated Node of the learner's machine: a stand-in with the library's
 * own names for what controllers need (KubeConfig, the typed clients, Watch, informers), over the API's discovery. On a real
 * Node the library itself is there; whatever is missing here says so by name.
 */
export const CLIENT_LIBRARY = String.raw`
import { readFileSync } from 'fs'

const missing = what => { throw new Error('not simulated: ' + what + ' of @kubernetes/client-node') }

export class ApiException extends Error {
  constructor(code, message, body, headers) {
    super('HTTP-Code: ' + code + '\nMessage: ' + message + '\nBody: ' + JSON.stringify(body) + '\nHeaders: ' + JSON.stringify(headers))
    Object.assign(this, { code, body, headers })
  }
}

export class KubeConfig {
  #server
  #token
  loadFromString(text) {
    this.#server = /^\s*(?:- )?server:\s*"?([^\s"]+)/m.exec(text)?.[1]
    this.#token = /^\s*token:\s*"?([^\s"]+)/m.exec(text)?.[1]
    if (!this.#server) throw new Error('No active cluster!')
  }
  loadFromFile(path) { this.loadFromString(readFileSync(path, 'utf8')) }
  loadFromDefault() { this.loadFromFile(process.env.KUBECONFIG ?? process.env.HOME + '/.kube/config') }
  loadFromCluster() { missing('loadFromCluster') }
  getCurrentCluster() { return { server: this.#server } }
  makeApiClient(Client) { return new Client(this) }
  async request_(method, path, { query = {}, body, type, signal } = {}) {
    const pairs = Object.entries(query).filter(([, value]) => value !== undefined && value !== '')
    const search = pairs.map(pair => pair.map(encodeURIComponent).join('=')).join('&')
    return fetch(this.#server + path + (search && '?' + search), {
      method,
      headers: { Accept: 'application/json', ...(body !== undefined && { 'Content-Type': type ?? 'application/json' }), ...(this.#token && { Authorization: 'Bearer ' + this.#token }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal,
    })
  }
  async json_(...args) {
    const answer = await this.request_(...args)
    const text = await answer.text()
    if (!answer.ok) throw new ApiException(answer.status, 'Unknown API Status Code!', text, Object.fromEntries(answer.headers))
    return text ? JSON.parse(text) : undefined
  }
}

export const PatchStrategy = { JsonPatch: 'application/json-patch+json', MergePatch: 'application/merge-patch+json', StrategicMergePatch: 'application/strategic-merge-patch+json', ServerSideApply: 'application/apply-patch+yaml' }
export const setHeaderOptions = (name, value) => ({ [name.toLowerCase()]: value })

const VERBS = { list: 'GET', read: 'GET', create: 'POST', replace: 'PUT', patch: 'PATCH', delete: 'DELETE' }
const PARAMETERS = ['labelSelector', 'fieldSelector', 'limit', '_continue', 'resourceVersion', 'timeoutSeconds', 'dryRun', 'fieldManager', 'force', 'gracePeriodSeconds', 'propagationPolicy', 'allowWatchBookmarks']

const client = group => class {
  constructor(config) {
    const known = new Map()
    const kinds = async () => (await config.json_('GET', group)).resources
    const run = async (verb, namespaced, word, asked = {}, options = {}) => {
      if (!known.size) for (const r of await kinds()) if (!r.name.includes('/') && r.verbs.length) known.set(r.kind, r)
      const found = [word, word.replace(/(Status|Scale)$/, '')].find(kind => known.has(kind))
      if (!found) missing(verb + namespaced + word)
      const { name: plural } = known.get(found)
      const sub = word === found ? '' : '/' + word.slice(found.length).toLowerCase()
      const { namespace, name, body } = asked
      for (const [key, needed] of Object.entries({ namespace: namespaced, name: !/list|create/.test(verb), body: /create|replace|patch/.test(verb) }))
        if (needed && asked[key] == null) throw new Error('Required parameter ' + key + ' was null or undefined when calling ' + group + '.' + verb + namespaced + word + '.')
      const path = group + (namespaced ? '/namespaces/' + namespace : '') + '/' + plural + (name && !/list|create/.test(verb) ? '/' + name : '') + sub
      const query = Object.fromEntries(PARAMETERS.map(key => [key.replace('_', ''), asked[key]]))
      return config.json_(VERBS[verb], path, { query, body, ...(verb === 'patch' && { type: options['content-type'] ?? PatchStrategy.JsonPatch }) })
    }
    return new Proxy(this, {
      get(_, name) {
        const [, verb, namespaced = '', word] = /^(list|read|create|replace|patch|delete)(Namespaced)?([A-Z]\w*)$/.exec(String(name)) ?? []
        if (!verb) return name === 'then' || typeof name === 'symbol' ? undefined : () => missing(String(name))
        return (asked, options) => run(verb, namespaced, word.replace(/ForAllNamespaces$/, ''), asked, options)
      },
    })
  }
}
export const CoreV1Api = client('/api/v1')
export const AppsV1Api = client('/apis/apps/v1')
export const BatchV1Api = client('/apis/batch/v1')
export const NetworkingV1Api = client('/apis/networking.k8s.io/v1')
export const PolicyV1Api = client('/apis/policy/v1')
export const CoordinationV1Api = client('/apis/coordination.k8s.io/v1')

const custom = { list: [], get: ['name'], create: [], replace: ['name'], patch: ['name'], delete: ['name'] }
export class CustomObjectsApi {
  constructor(config) {
    for (const verb of Object.keys(custom))
      for (const scope of ['Namespaced', 'Cluster'])
        this[verb + scope + 'CustomObject'] = ({ group, version, namespace, plural, name, body, ...query }, options = {}) => {
          const path = '/apis/' + group + '/' + version + (scope === 'Namespaced' ? '/namespaces/' + namespace : '') + '/' + plural + (custom[verb].length ? '/' + name : '')
          return config.json_(VERBS[verb] ?? 'GET', path, { query, body, ...(verb === 'patch' && { type: options['content-type'] ?? PatchStrategy.MergePatch }) })
        }
  }
}

export class Watch {
  constructor(config) { this.config = config }
  async watch(path, query, callback, done) {
    const controller = new AbortController()
    const over = error => { if (done) { const tell = done; done = undefined; tell(error) } }
    try {
      const answer = await this.config.request_('GET', path, { query: { ...query, watch: true }, signal: controller.signal })
      if (!answer.ok) throw Object.assign(new Error(answer.statusText), { statusCode: answer.status })
      let rest = ''
      answer.body.on('data', chunk => {
        const lines = (rest + chunk).split('\n')
        rest = lines.pop()
        for (const line of lines) { if (line) { const event = JSON.parse(line); callback(event.type, event.object, event) } }
      })
      answer.body.on('end', () => over(null))
      answer.body.on('error', over)
    } catch (error) {
      over(error)
    }
    controller.signal.on('abort', () => over(new Error('The user aborted a request.')))
    return controller
  }
}

export const ADD = 'add', UPDATE = 'update', CHANGE = 'change', DELETE = 'delete', CONNECT = 'connect', ERROR = 'error'
const keyOf = object => (object.metadata.namespace ?? '') + '/' + object.metadata.name

export function makeInformer(config, path, listFn, labelSelector) {
  const handlers = new Map()
  const cache = new Map()
  let stopped = true
  let watching
  const tell = (event, object) => { for (const handler of handlers.get(event) ?? []) handler(object) }
  const both = (event, object) => { tell(event, object); tell(CHANGE, object) }
  const put = object => {
    const old = cache.get(keyOf(object))
    cache.set(keyOf(object), object)
    if (!old) both(ADD, object)
    else if (old.metadata.resourceVersion !== object.metadata.resourceVersion) both(UPDATE, object)
  }
  const drop = object => { if (cache.delete(keyOf(object))) both(DELETE, object) }
  async function listAndWatch() {
    tell(CONNECT)
    let listed
    try {
      listed = await listFn()
    } catch (error) {
      return tell(ERROR, error)
    }
    const { items, metadata } = listed
    const there = new Set(items.map(keyOf))
    for (const [key, object] of [...cache]) if (!there.has(key)) drop(object)
    for (const item of items) put(item)
    let from = metadata.resourceVersion
    const follow = async () => {
      watching = await new Watch(config).watch(path, { resourceVersion: from, labelSelector, allowWatchBookmarks: true }, (type, object) => {
        if (type === 'ERROR') { from = undefined; return }
        from = object.metadata.resourceVersion
        if (type === 'DELETED') drop(object)
        else if (type !== 'BOOKMARK') put(object)
      }, async error => {
        if (stopped) return
        if (error) return tell(ERROR, error)
        await (from === undefined ? listAndWatch() : follow())
      })
    }
    await follow()
  }
  return {
    on(event, handler) { handlers.set(event, [...(handlers.get(event) ?? []), handler]) },
    off(event, handler) { handlers.set(event, (handlers.get(event) ?? []).filter(h => h !== handler)) },
    async start() { stopped = false; await listAndWatch() },
    async stop() { stopped = true; watching?.abort() },
    get: (name, namespace) => cache.get((namespace ?? '') + '/' + name),
    list: namespace => [...cache.values()].filter(object => namespace === undefined || object.metadata.namespace === namespace),
  }
}
`
