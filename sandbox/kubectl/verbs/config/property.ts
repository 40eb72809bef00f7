/** kubectl config set and unset: one value of a kubeconfig, named by a path whose names of entries may hold dots. */
import { base64Fault, readBase64 } from '../../../api/formats/go-base64.ts'
import { KubectlError } from '../../errors.ts'
import type { Kubectl } from '../../kubectl.ts'
import type { Obj } from '../../objects.ts'
import { change, helpAndFail } from './file.ts'

export async function set(k: Kubectl): Promise<void> {
  if (k.args.length !== 2) await helpAndFail(k, 'set')
  const [property, text] = k.args as [string, string]
  await change(k, entryOf(property), config => setProperty(config, property, text, k.flags.bool('set-raw-bytes')))
  await k.out(`Property ${JSON.stringify(property)} set.\n`)
}

export async function unset(k: Kubectl): Promise<void> {
  if (k.args.length !== 1) await helpAndFail(k, 'unset')
  const property = k.args[0]!
  await change(k, entryOf(property), config => unsetProperty(config, property))
  await k.out(`Property ${JSON.stringify(property)} unset.\n`)
}

/** `users/joe` of `users.joe.token`, by which the file that holds it is found. */
const entryOf = (property: string): string => property.split('.').slice(0, 2).join('/')

/** What stands at the end of a path: a value, entries by name, or fields. */
type Shape = 'string' | 'bool' | 'bytes' | 'strings' | 'other' | { entries: Fields } | Fields
interface Fields {
  type: string
  fields: Readonly<Record<string, Shape>>
}

const words = (text: string): Record<string, Shape> => Object.fromEntries(text.split(' ').map(name => [name, 'string']))

const CLUSTER: Fields = {
  type: 'api.Cluster',
  fields: {
    ...words('server tls-server-name certificate-authority proxy-url'),
    'insecure-skip-tls-verify': 'bool',
    'disable-compression': 'bool',
    'certificate-authority-data': 'bytes',
    extensions: 'other',
  },
}
const USER: Fields = {
  type: 'api.AuthInfo',
  fields: {
    ...words('client-certificate client-key token tokenFile act-as act-as-uid username password'),
    'client-certificate-data': 'bytes',
    'client-key-data': 'bytes',
    'act-as-groups': 'strings',
    'act-as-user-extra': 'other',
    'auth-provider': 'other',
    exec: 'other',
    extensions: 'other',
  },
}
const CONTEXT: Fields = { type: 'api.Context', fields: { ...words('cluster user namespace'), extensions: 'other' } }
const CONFIG: Fields = {
  type: 'api.Config',
  fields: {
    ...words('kind apiVersion current-context'),
    preferences: { type: 'api.Preferences', fields: { colors: 'bool', extensions: 'other' } },
    clusters: { entries: CLUSTER },
    users: { entries: USER },
    contexts: { entries: CONTEXT },
    extensions: 'other',
  },
}

/** Written even when they hold nothing. */
const ALWAYS = new Set(['server', 'cluster', 'user', 'current-context'])

interface Step {
  name: string
  shape: Shape
}

/** @throws KubectlError where the path leads nowhere */
function stepsOf(path: string): Step[] {
  const parts = path.split('.')
  const steps: Step[] = []
  for (let shape: Shape = CONFIG; parts.length; ) {
    if (typeof shape === 'string') throw new KubectlError(`unable to parse one or more field values of ${path}`)
    let step: Step
    if ('entries' in shape) {
      const { fields } = shape.entries
      const known = parts.slice(1).findIndex(part => part in fields)
      step = { name: parts.splice(0, known < 0 ? parts.length : known + 1).join('.'), shape: shape.entries }
    } else {
      const name = parts.shift()!
      const found: Shape | undefined = shape.fields[name]
      if (!found) {
        const before = steps.map(s => `{${s.name} ${typeOf(s.shape)}}`).join(' ')
        throw new KubectlError(`unable to parse ${path} after [${before}] at ${shape.type}`)
      }
      step = { name, shape: found }
    }
    steps.push(step)
    shape = step.shape
  }
  return steps
}

const typeOf = (shape: Shape): string =>
  typeof shape === 'string' ? shape : 'entries' in shape ? `map[string]*${shape.entries.type}` : shape.type

const entriesOf = (holder: Obj, name: string): Map<string, Obj> => holder[name] as Map<string, Obj>

/** @throws KubectlError */
function setProperty(config: Obj, path: string, text: string, raw: boolean): void {
  if (!text) throw new KubectlError('you cannot use set to unset a property')
  if (!path) throw new KubectlError('you must specify a property')
  let holder = config
  const steps = stepsOf(path)
  for (const [i, { name, shape }] of steps.entries()) {
    const next = steps[i + 1]
    if (typeof shape === 'string') {
      holder[name] = readAs(shape, text, raw)
      return
    }
    if ('entries' in shape) {
      const entries = entriesOf(holder, name)
      // A name alone is the whole of an entry, which no text is.
      if (steps.length < i + 3) throw new KubectlError(`can't set a map to a value: map[${pointers(entries)}]`)
      if (!entries.has(next!.name)) entries.set(next!.name, blankOf(shape.entries))
      continue
    }
    const above = steps[i - 1]?.shape
    const isEntry = typeof above === 'object' && 'entries' in above
    if (!isEntry && !next)
      throw new KubectlError(
        `unable to locate path config.navigationStep{stepValue:"", stepType:reflect.Type(nil)} under {${holder[name]?.colors === true} map[]}`,
      )
    holder = isEntry ? entriesOf(holder, steps[i - 1]!.name).get(name)! : (holder[name] ??= {})
  }
}

/** An entry as it is written while nothing is known of it. */
const blankOf = ({ fields }: Fields): Obj =>
  Object.fromEntries(Object.keys(fields).flatMap(name => (ALWAYS.has(name) ? [[name, '']] : [])))

/** Entries are told by where they lie in memory, which is elsewhere each time. */
const pointers = (entries: ReadonlyMap<string, Obj>): string =>
  [...entries.keys()]
    .sort()
    .map((name, i) => `${name}:0x${(0xc000400000 + i * 0x80).toString(16)}`)
    .join(' ')

/** @throws KubectlError where an entry on the way is not there */
function unsetProperty(config: Obj, path: string): void {
  if (!path) throw new KubectlError('you must specify a property')
  let holder = config
  const steps = stepsOf(path)
  for (const [i, { name, shape }] of steps.entries()) {
    const last = i === steps.length - 1
    if (typeof shape === 'object' && 'entries' in shape) {
      if (last) entriesOf(holder, name).clear()
      continue
    }
    const above = steps[i - 1]?.shape
    if (typeof above === 'object' && 'entries' in above) {
      const entries = entriesOf(holder, steps[i - 1]!.name)
      if (last) entries.delete(name)
      else if (!entries.has(name)) throw new KubectlError(`current map key \`${name}\` is invalid`)
      else holder = entries.get(name)!
      continue
    }
    if (!last) holder = holder[name] ??= {}
    else if (ALWAYS.has(name)) holder[name] = ''
    else if (name === 'preferences') holder[name] = {}
    else delete holder[name]
  }
}

function readAs(shape: Shape, text: string, raw: boolean): string | boolean {
  switch (shape) {
    case 'string':
      return text
    case 'bytes':
      return raw ? btoa(text) : checkedBase64(text)
    case 'bool':
      if (/^(1|t|T|true|TRUE|True)$/.test(text)) return true
      if (/^(0|f|F|false|FALSE|False)$/.test(text)) return false
      throw new KubectlError(`strconv.ParseBool: parsing ${JSON.stringify(text)}: invalid syntax`)
    case 'strings':
      throw new KubectlError('unrecognized slice type. string')
    default:
      throw new KubectlError('not simulated: only texts, bytes and booleans can be set')
  }
}

/** @throws KubectlError in the words of Go's encoding/base64 */
function checkedBase64(text: string): string {
  if (readBase64(text) === undefined) throw new KubectlError(`error decoding input value: ${base64Fault(text)}`)
  return text
}
