/** kubectl wait: until objects are made, are gone, have a condition, or hold a value. */
import { type Client, resourcePath } from '../client/client.ts'
import { Aggregate, ApiError, isNotFound, KubectlError, throwAll } from '../errors.ts'
import type { Kubectl } from '../kubectl.ts'
import type { Obj } from '../objects.ts'
import { type ResultPrinter, resultPrinter } from '../print/done.ts'
import { goValue } from '../print/go.ts'
import { JsonPath, relaxedPath } from '../print/jsonpath.ts'
import { type Info, visit, type Wanted } from '../resources/resources.ts'

/** Whether an object is what is waited for; undefined stands for one that is not there. */
type Check = (object: Obj | undefined) => boolean

const WEEK = 168 * 3600 * 1000

function conditionCheck(text: string): Check {
  const at = text.indexOf('=')
  const type = (at < 0 ? text : text.slice(0, at)).toLowerCase()
  const value = (at < 0 ? 'true' : text.slice(at + 1).replace(/^(["'])(.*)\1$/, '$2')).toLowerCase()
  return object => {
    for (const c of object?.status?.conditions ?? []) {
      if (String(c.type).toLowerCase() !== type) continue
      const seen = c.observedGeneration ?? object.status.observedGeneration
      if (seen !== undefined && object.metadata.generation !== undefined && seen < object.metadata.generation)
        return false
      return String(c.status).toLowerCase() === value
    }
    return false
  }
}

/** Parts between equal signs that stand alone; two together compare something within the path. */
const splitAtSingle = (text: string): string[] =>
  text
    .replaceAll('==', '\0')
    .split('=')
    .map(part => part.replaceAll('\0', '=='))

function jsonPathCheck(text: string): Check {
  const [expression = '', wantedText, ...more] = splitAtSingle(text)
  if (more.length)
    throw new KubectlError(
      "jsonpath wait format must be --for=jsonpath='{.status.readyReplicas}'=3 or --for=jsonpath='{.status.readyReplicas}'",
    )
  let relaxed: string
  try {
    relaxed = relaxedPath(expression)
  } catch (e) {
    throw new KubectlError((e as Error).message)
  }
  const value = wantedText?.replace(/^["']+|["']+$/g, '')
  if (value === '')
    throw new KubectlError(
      "jsonpath wait has to have a value after equal sign, like --for=jsonpath='{.status.readyReplicas}'=3",
    )
  if (!relaxed) throw new KubectlError('jsonpath expression cannot be empty')
  let path: JsonPath
  try {
    path = new JsonPath(relaxed)
  } catch (e) {
    throw new KubectlError((e as Error).message)
  }
  return object => {
    if (!object) return false
    const results = path.find(object)[0] ?? []
    if (!results.length) return false
    if (results.length > 1) throw new KubectlError('given jsonpath expression matches more than one value')
    if (value === undefined) return true
    const found = results[0]
    if (typeof found === 'object' && found !== null)
      throw new KubectlError('jsonpath leads to a nested object or list which is not supported')
    return goValue(found).trim() === value.trim()
  }
}

interface Condition {
  kind: 'create' | 'delete' | 'state'
  check: Check
}

function parseFor(text: string): Condition {
  const lower = text.toLowerCase()
  if (lower === 'delete') return { kind: 'delete', check: o => !o }
  if (lower === 'create') return { kind: 'create', check: o => !!o }
  if (text.startsWith('condition=')) return { kind: 'state', check: conditionCheck(text.slice('condition='.length)) }
  if (text.startsWith('jsonpath=')) return { kind: 'state', check: jsonPathCheck(text.slice('jsonpath='.length)) }
  throw new KubectlError(`unrecognized condition: ${JSON.stringify(text)}`)
}

export async function run(k: Kubectl): Promise<void> {
  const { flags } = k
  await k.client()
  const conditions = [parseFor(flags.str('for'))]
  const timeout = flags.num('timeout')
  const deadline = k.now() + (timeout < 0 ? WEEK : timeout)
  const wanted: Wanted = {
    args: k.args,
    filenames: flags.list('filename'),
    recursive: flags.bool('recursive'),
    selector: flags.str('selector'),
    fieldSelector: flags.str('field-selector'),
    allowEmptySelector: flags.bool('all'),
    allNamespaces: flags.bool('all-namespaces'),
    continueOnError: true,
    latest: !flags.bool('local'),
    local: flags.bool('local'),
  }
  const say = await resultPrinter(k)
  if (conditions.some(c => c.kind === 'create')) await untilThere(k, wanted, deadline)
  const forDelete = conditions.some(c => c.kind === 'delete')
  let count = 0
  try {
    await visit(k, wanted, async info => {
      count++
      for (const condition of conditions) await waitFor(k, info, condition, timeout, deadline, say)
    })
  } catch (e) {
    if (!forDelete) throw e
    throwAll(eachOf(e).filter(one => !isNotFound(one)))
  }
  if (!count && !forDelete) throw new KubectlError('no matching resources found')
}

const eachOf = (e: unknown): Error[] => (e instanceof Aggregate ? e.errors.flatMap(eachOf) : [e as Error])

async function untilThere(k: Kubectl, wanted: Wanted, deadline: number): Promise<void> {
  for (;;) {
    try {
      if (await visit(k, wanted, async () => {})) return
    } catch (e) {
      if (!isNotFound(e)) throw e
    }
    if (k.now() >= deadline) throw new KubectlError('timed out waiting for the condition')
    await k.io.sleep(500)
  }
}

/** The object as it is, and the version to watch from; none of both where its resource is not served. */
async function stateOf(client: Client, { mapping, namespace, name }: Info): Promise<{ object?: Obj; version: string }> {
  try {
    const list = await client.list(mapping, namespace, { query: { fieldSelector: `metadata.name=${name}` } })
    const object = list.items[0] && { apiVersion: list.apiVersion, kind: mapping.kind, ...list.items[0] }
    return { object, version: list.metadata.resourceVersion }
  } catch (e) {
    if (!isNotFound(e)) throw e
    return { version: '' }
  }
}

async function waitFor(
  k: Kubectl,
  info: Info,
  condition: Condition,
  timeout: number,
  deadline: number,
  say: ResultPrinter,
): Promise<void> {
  if (condition.kind === 'create') return say(info.object, 'condition met')
  const where = `${info.mapping.plural}/${info.name}`
  const uid = info.object?.metadata?.uid
  const late = (): never => {
    throw new KubectlError(`timed out waiting for the condition on ${where}`)
  }
  // Objects whose turn comes after the deadline are not looked at any more.
  if (condition.kind === 'state' && timeout !== 0 && k.now() >= deadline) late()
  const client = await k.client()
  let last = info.object
  for (;;) {
    const { object, version } = await stateOf(client, info)
    // An object of the same name that has been made since is another one.
    const current = condition.kind === 'delete' && object && uid && object.metadata.uid !== uid ? undefined : object
    if (current) last = current
    if (condition.check(current)) return say(last, 'condition met')
    if (timeout === 0) throw new KubectlError(`condition not met for ${where}`)
    const left = deadline - k.now()
    if (left <= 0) late()
    const events = client.watch(resourcePath(info.mapping, info.namespace), {
      query: {
        fieldSelector: `metadata.name=${info.name}`,
        resourceVersion: version,
        timeoutSeconds: Math.max(1, Math.ceil(left / 1000)),
      },
    })
    try {
      for await (const event of events) {
        if (event.type === 'ERROR') break
        if (event.type === 'BOOKMARK') continue
        if (event.type === 'DELETED') {
          if (condition.kind === 'delete') return await say(last, 'condition met')
          throw new KubectlError(`${where} was deleted`)
        }
        last = event.object
        if (condition.check(event.object)) return await say(event.object, 'condition met')
        if (k.now() >= deadline) break
      }
    } catch (e) {
      if (!(e instanceof ApiError)) throw e
      await k.io.sleep(1000)
    }
  }
}
