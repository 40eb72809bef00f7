/** agnhost webhook: admission webhooks whose answers tests know. And crd-conversion-webhook, for the versions of stable.example.com. */
import { forever, type HttpRequest, type HttpResponse } from '../../../network/serving.ts'
import type { Process } from '../../../processes/process.ts'
import { certificateFrom } from './certificates.ts'
import { fatal, fault, goJson, type Handler, listen, log, notFound, type Respond, type Subcommand } from './go.ts'

// biome-ignore lint/suspicious/noExplicitAny: reviews hold objects of every shape
type Json = any

interface Verdict {
  allowed: boolean
  status?: { message?: string; reason?: string; status?: string; code?: number }
  patch?: object[]
}

const ALLOWED: Verdict = { allowed: true }
const denied = (status: Verdict['status']): Verdict => ({ allowed: false, ...(status && { status }) })
const patching = (...patch: object[]): Verdict => ({ allowed: true, patch })
const MARK = 'webhook-e2e-test'

/** Of a deletion it is the old object that is judged. */
const subjectOf = ({ operation, object, oldObject }: Json): Json => (operation === 'DELETE' ? oldObject : object) ?? {}

const isPods = ({ resource }: Json): boolean =>
  !resource.group && resource.version === 'v1' && resource.resource === 'pods'

function stages({ object }: Json): Verdict {
  const data = object?.data ?? {}
  const add = (stage: number): Verdict => patching({ op: 'add', path: `/data/mutation-stage-${stage}`, value: 'yes' })
  if (data['mutation-stage-1'] === 'yes') return add(2)
  return data['mutation-start'] === 'yes' ? add(1) : ALLOWED
}

function judgeData(request: Json, what: string, unwanted: string): Verdict {
  const mark = subjectOf(request).data?.[MARK]
  const { operation } = request
  if (mark === 'webhook-disallow' && operation !== 'DELETE')
    return denied({ reason: `the ${what} contains ${unwanted}` })
  if (mark === 'webhook-nondeletable' && operation === 'DELETE')
    return denied({ reason: `the ${what} cannot be deleted because it contains unwanted key and value` })
  return ALLOWED
}

/** Undefined: never answered. */
function judgePod(request: Json): Verdict | undefined {
  if (!isPods(request)) return denied({ message: 'expect resource to be {"" "v1" "pods"}' })
  const { metadata, spec } = request.object ?? {}
  const mark = metadata?.labels?.[MARK]
  if (mark === 'wait-forever') return undefined
  const found = [
    ...(mark === 'webhook-disallow' ? ['the pod contains unwanted label;'] : []),
    ...(spec?.containers ?? []).flatMap((c: Json) =>
      c.name.includes('webhook-disallow') ? ['the pod contains unwanted container name;'] : [],
    ),
  ]
  return found.length ? denied({ message: found.join(' ') }) : ALLOWED
}

function judgeAttach({ name, resource, subResource = '', object = {} }: Json): Verdict {
  if (name !== 'to-be-attached-pod') return ALLOWED
  if (!isPods({ resource }))
    return denied({ message: `expect resource to be {"" "v1" "pods"}, got ${resource.resource}` })
  if (subResource !== 'attach') return denied({ message: `expect subresource to be attach, got ${subResource}` })
  if (!object.stdin || object.container !== 'container1') return ALLOWED
  return denied({ message: "attaching to pod 'to-be-attached-pod' is not allowed" })
}

const holds = (containers: Json, name: string): boolean => containers?.some((c: Json) => c.name === name) ?? false

function addInitContainer(request: Json): Verdict {
  const pod = request.object ?? {}
  const name = 'webhook-added-init-container'
  if (pod.metadata?.name !== 'webhook-to-be-mutated' || holds(pod.spec?.initContainers, name)) return ALLOWED
  return patching({
    op: 'add',
    path: '/spec/initContainers',
    value: [{ image: 'webhook-added-image', name, resources: {} }],
  })
}

function addSidecar(request: Json, image: string): Verdict {
  if (!image)
    return denied({ status: 'Failure', message: 'No image specified by the sidecar-image parameter', code: 500 })
  const name = 'webhook-added-sidecar'
  if (holds(request.object?.spec?.containers, name)) return ALLOWED
  return patching({ op: 'add', path: '/spec/containers/-', value: { image, name, resources: {} } })
}

function addLabel({ object }: Json): Verdict {
  const labels = object?.metadata?.labels
  const path = '/metadata/labels'
  if (!labels || !Object.keys(labels).length) return patching({ op: 'add', path, value: { 'added-label': 'yes' } })
  if (labels['added-label'] === 'yes') return ALLOWED
  const op = labels['added-label'] === undefined ? 'add' : 'replace'
  return patching({ op, path: `${path}/added-label`, value: 'yes' })
}

const judgeDefinition = ({ object }: Json): Verdict =>
  object?.metadata?.labels?.[MARK] === 'webhook-disallow'
    ? denied({ message: 'the crd contains unwanted label' })
    : ALLOWED

const DELAY_MS = 5000

interface Endpoint {
  judge(request: Json, sidecarImage: string): Verdict | undefined
  delayMs?: number
}

const ENDPOINTS: Readonly<Record<string, Endpoint>> = {
  '/always-allow-delay-5s': {
    judge: () => ({ allowed: true, status: { message: 'this webhook allows all requests' } }),
    delayMs: DELAY_MS,
  },
  '/always-deny': { judge: () => denied({ message: 'this webhook denies all requests' }) },
  '/add-label': { judge: addLabel },
  '/pods': { judge: judgePod },
  '/pods/attach': { judge: judgeAttach },
  '/mutating-pods': { judge: addInitContainer },
  '/mutating-pods-sidecar': { judge: addSidecar },
  '/configmaps': { judge: request => judgeData(request, 'configmap', 'unwanted key and value') },
  '/mutating-configmaps': { judge: stages },
  '/custom-resource': { judge: request => judgeData(request, 'custom resource', 'unwanted data') },
  '/mutating-custom-resource': { judge: stages },
  '/crd': { judge: judgeDefinition },
}

const json = (body: object): HttpResponse => ({
  status: 200,
  headers: { 'Content-Type': 'application/json' },
  body: goJson(body),
})

function responseOf(uid: string, { allowed, status, patch }: Verdict): object {
  return {
    uid,
    allowed,
    ...(status && { status: { metadata: {}, ...status } }),
    ...(patch && { patch: btoa(JSON.stringify(patch)), patchType: 'JSONPatch' }),
  }
}

const review = (request: HttpRequest): Json => {
  try {
    return JSON.parse(request.body)
  } catch {
    return undefined
  }
}

function serveReviews(process: Process, sidecarImage: string): Handler {
  return (request, respond) => {
    const endpoint = ENDPOINTS[request.path]
    if (request.path === '/readyz') return respond({ status: 200, body: 'ok' })
    if (!endpoint) return respond(notFound)
    const asked = review(request)
    if (!asked?.request) return respond(fault('Request could not be decoded: unexpected end of JSON input', 400))
    const { kind, apiVersion } = asked
    const verdict = endpoint.judge(asked.request, sidecarImage)
    if (!verdict) return undefined
    const answer = (): void => respond(json({ kind, apiVersion, response: responseOf(asked.request.uid, verdict) }))
    return endpoint.delayMs ? process.clock.after(endpoint.delayMs, answer) : answer()
  }
}

/** Between the two versions of the test's kind: `hostPort` as one field, or as two. @throws with what is wrong */
function converted(object: Json, to: string): Json {
  const { apiVersion: from } = object
  const refuse = (why: string): never => {
    throw new Error(why)
  }
  if (from === to) refuse(`conversion from a version to itself should not call the webhook: ${to}`)
  if (from === 'stable.example.com/v1') {
    if (to !== 'stable.example.com/v2') refuse(`unexpected conversion version ${JSON.stringify(to)}`)
    const { hostPort, ...rest } = object
    if (hostPort === undefined) return { ...rest, apiVersion: to }
    const parts = String(hostPort).split(':')
    if (parts.length !== 2) refuse(`invalid hostPort value \`${hostPort}\``)
    return { ...rest, apiVersion: to, host: parts[0], port: parts[1] }
  }
  if (from !== 'stable.example.com/v2') refuse(`unexpected conversion version ${JSON.stringify(from)}`)
  if (to !== 'stable.example.com/v1') refuse(`unexpected conversion version ${JSON.stringify(to)}`)
  const { host, port, ...rest } = object
  if (host === undefined && port === undefined) return { ...rest, apiVersion: to }
  return { ...rest, apiVersion: to, hostPort: `${host ?? ''}:${port ?? ''}` }
}

function convert(request: HttpRequest, respond: Respond): unknown {
  if (request.path === '/readyz') return respond({ status: 200, body: 'ok' })
  if (request.path !== '/crdconvert') return respond(notFound)
  const asked = review(request)
  if (!asked?.request) return respond(fault('failed to deserialize body', 400))
  const { kind, apiVersion } = asked
  const { uid, objects, desiredAPIVersion } = asked.request
  const answer = (response: object): unknown =>
    respond(json({ kind, apiVersion, request: { uid: '', desiredAPIVersion: '', objects: null }, response }))
  try {
    const convertedObjects = objects.map((object: Json) => converted(object, desiredAPIVersion))
    return answer({ uid, convertedObjects, result: { metadata: {}, status: 'Success' } })
  } catch (error) {
    const result = { metadata: {}, status: 'Failure', message: (error as Error).message }
    return answer({ uid, convertedObjects: null, result })
  }
}

const serving =
  (handler: (process: Process, flags: Parameters<Subcommand>[1]) => Handler): Subcommand =>
  async (process, flags) => {
    const shown = certificateFrom(process, flags.text('tls-cert-file'), flags.text('tls-private-key-file'))
    if (typeof shown === 'string') return fatal(process, shown)
    const port = flags.number('port')
    const failed = await listen(process, port, handler(process, flags), shown)
    if (failed !== undefined) return failed
    log(process, `Serving on port ${port}`)
    return forever(process)
  }

export const webhook = serving((process, flags) => serveReviews(process, flags.text('sidecar-image')))
export const crdConversionWebhook = serving(() => convert)
