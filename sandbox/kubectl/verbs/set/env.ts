/** kubectl set env: sets, removes, lists and imports environment variables. */

import { goQuote } from '../../../api/formats/go-escapes.ts'
import { KubectlError } from '../../errors.ts'
import type { Kubectl } from '../../kubectl.ts'
import { readAll } from '../../manifests/manifests.ts'
import { isRecord, type Obj, sortedKeys } from '../../objects.ts'
import { ENV_NAME, ENV_NAME_HELP } from '../../pods/env-name.ts'
import { podSpecOf } from '../../pods/selectors.ts'
import { infos } from '../../resources/resources.ts'
import { refuseAllWithSelector, selectContainers, setEach } from './common.ts'
import { describeSource, type Resolver, resolver } from './env-values.ts'

const isChange = (arg: string): boolean =>
  arg === '-' || (arg.includes('=') && !arg.startsWith('=')) || arg.endsWith('-')

/** The name as a variable may be called. */
function variableName(k: Kubectl, key: string): string {
  const name = key.replace(/[^a-zA-Z0-9_]/g, '_').toUpperCase()
  if (name !== key) void k.err(`Warning: key ${key} transferred to ${name}\n`)
  return name
}

export async function run(k: Kubectl): Promise<void> {
  const { flags } = k
  refuseAllWithSelector(k)
  const first = k.args.findIndex(isChange)
  const changes = first < 0 ? [] : k.args.slice(first)
  const resources = first < 0 ? k.args : k.args.slice(0, first)
  if (!changes.every(isChange))
    throw new KubectlError(`all resources must be specified before environment changes: ${k.args.join(' ')}`)
  const anywhere = resources.length || flags.list('filename').length || flags.str('kustomize')
  if (!anywhere)
    throw new KubectlError('one or more resources must be specified as <resource> <name> or <resource>/<name>')
  const listing = flags.bool('list')
  if (listing && flags.str('output')) throw new KubectlError('--list and --output may not be specified together')
  if (flags.list('keys').length && !flags.str('from'))
    throw new KubectlError('when specifying --keys, a configmap or secret must be provided with --from')
  const { set, remove } = await parsed(k, [...flags.list('env'), ...changes])
  if (flags.str('from')) set.push(...(await imported(k, flags.str('from'))))
  for (const variable of set) variable.name = flags.str('prefix') + variable.name
  const pattern = flags.str('containers')
  await setEach(k, {
    // Where the server is not asked, nobody says that they name nothing.
    resources: flags.bool('local') ? [] : resources,
    done: 'env updated',
    refused: 'failed to patch env update to pod template:',
    silent: listing,
    async update(object, info) {
      const spec = podSpecOf(object)!
      const targets = [
        ...selectContainers(spec.containers ?? [], pattern),
        ...selectContainers(spec.initContainers ?? [], pattern),
      ]
      if (!targets.length) {
        await k.err(
          `Warning: ${info.mapping.kind}/${info.name} does not have any containers matching ${goQuote(pattern)}\n`,
        )
        return
      }
      for (const c of targets) {
        if (!flags.bool('overwrite')) refuseOverwrites(c.env ?? [], set)
        c.env = changed(c.env ?? [], set, remove)
        if (!c.env.length) delete c.env
        if (!listing) continue
        await k.out(`# ${info.mapping.kind} ${info.name}, container ${c.name}\n`)
        await list(k, c, object, flags.bool('resolve') ? resolver(k) : undefined)
      }
      if (!listing) return
      object.metadata = info.object.metadata
      object.spec = info.object.spec
    },
  })
}

/** What the arguments and the lines of stdin set and remove. */
async function parsed(k: Kubectl, all: readonly string[]): Promise<{ set: Obj[]; remove: string[] }> {
  const set: Obj[] = []
  const remove: string[] = []
  const given = new Set<string>()
  const add = (text: string): void =>
    void set.push({ name: text.slice(0, text.indexOf('=')), value: text.slice(text.indexOf('=') + 1) })
  for (const text of all) {
    if (text === '-') {
      const lines = (await readAll(k.io)).split('\n').map(line => line.replace(/\r$/, '').replace(/#.*/, ''))
      for (const line of lines) if (line.includes('=')) add(line)
    } else if (text.includes('=')) {
      const name = text.slice(0, text.indexOf('='))
      if (!ENV_NAME.test(name)) throw new KubectlError(`${goQuote(name)} is not a valid key name: ${ENV_NAME_HELP}`)
      given.add(name)
      add(text)
    } else if (text.endsWith('-')) remove.push(text.slice(0, -1))
    else throw new KubectlError(`unknown environment variable: ${text}`)
  }
  if (remove.some(name => given.has(name)))
    throw new KubectlError('can not both modify and remove the same environment variable in the same command')
  return { set, remove }
}

function refuseOverwrites(present: readonly Obj[], set: readonly Obj[]): void {
  for (const { name, value = '' } of set) {
    const old = present.find(e => e.name === name)
    if (old && (old.value ?? '') !== value)
      throw new KubectlError(`'${name}' already has a value (${old.value ?? ''}), and --overwrite is false`)
  }
}

/** A line for each variable; then on stderr why some could not be looked up. */
async function list(k: Kubectl, container: Obj, object: Obj, resolve: Resolver | undefined): Promise<void> {
  const failures = new Map<string, string[]>()
  for (const { name, value = '', valueFrom } of container.env ?? []) {
    let found: string | undefined = valueFrom ? undefined : value
    if (valueFrom && resolve) {
      try {
        found = await resolve(valueFrom, object, container)
      } catch (error) {
        const { message } = error as Error
        failures.set(message, [...(failures.get(message) ?? []), name])
      }
    }
    await k.out(found === undefined ? `# ${name} from ${describeSource(valueFrom)}\n` : `${name}=${found}\n`)
  }
  const lines = [...failures].map(([why, names]) => `error retrieving reference for ${names.sort().join(', ')}: ${why}`)
  for (const line of lines.sort()) await k.err(`${line}\n`)
}

function changed(env: readonly Obj[], set: readonly Obj[], remove: readonly string[]): Obj[] {
  const out = env.filter(e => !remove.includes(e.name)).map(e => set.find(s => s.name === e.name) ?? e)
  for (const s of set) if (!out.some(e => e.name === s.name)) out.push(s)
  return out
}

async function imported(k: Kubectl, from: string): Promise<Obj[]> {
  const found = await infos(k, {
    args: [from],
    filenames: k.flags.list('filename'),
    selector: k.flags.str('selector'),
    allowEmptySelector: k.flags.bool('all'),
    latest: true,
  })
  const keys = k.flags.list('keys')
  const out: Obj[] = []
  for (const { object } of found.infos) {
    if (object.kind !== 'Secret' && object.kind !== 'ConfigMap')
      throw new KubectlError(`unsupported resource specified in --from`)
    const ref = object.kind === 'Secret' ? 'secretKeyRef' : 'configMapKeyRef'
    for (const key of sortedKeys(isRecord(object.data) ? object.data : {})) {
      if (keys.length && !keys.includes(key)) continue
      out.push({
        name: variableName(k, key),
        valueFrom: { [ref]: { name: object.metadata.name, key } },
      })
    }
  }
  return out
}
