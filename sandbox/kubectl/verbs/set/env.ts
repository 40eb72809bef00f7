/** kubectl set env: sets, removes, lists and imports environment variables. */

import { KubectlError } from '../../errors.ts'
import type { Kubectl } from '../../kubectl.ts'
import { readAll } from '../../manifests/manifests.ts'
import { isRecord, type Obj, sortedKeys } from '../../objects.ts'
import { ENV_NAME, ENV_NAME_HELP } from '../../pods/env-name.ts'
import { podSpecOf } from '../../pods/selectors.ts'
import { infos } from '../../resources/resources.ts'
import { refuseAllWithSelector, selectContainers, setEach } from './common.ts'

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
  const all = [...flags.list('env'), ...k.args.filter(isChange)]
  const resources = k.args.filter(a => !isChange(a))
  const anywhere = resources.length || flags.list('filename').length || flags.str('kustomize')
  if (!anywhere)
    throw new KubectlError('one or more resources must be specified as <resource> <name> or <resource>/<name>')
  if (flags.list('keys').length && !flags.str('from'))
    throw new KubectlError('when specifying --keys, a configmap or secret must be provided with --from')
  const set: Obj[] = []
  const remove: string[] = []
  for (const text of all) {
    if (text === '-') {
      for (const line of (await readAll(k.io)).split('\n'))
        if (/^[^#=]+=/.test(line.trim()))
          set.push({ name: line.trim().split('=')[0], value: line.trim().slice(line.trim().indexOf('=') + 1) })
    } else if (text.includes('=')) {
      const at = text.indexOf('=')
      const name = text.slice(0, at)
      if (!ENV_NAME.test(name))
        throw new KubectlError(`${JSON.stringify(name)} is not a valid key name: ${ENV_NAME_HELP}`)
      set.push({ name, value: text.slice(at + 1) })
    } else if (text.endsWith('-')) remove.push(text.slice(0, -1))
    else throw new KubectlError(`unknown environment variable: ${text}`)
  }
  for (const s of set)
    if (remove.includes(s.name))
      throw new KubectlError('can not both modify and remove the same environment variable in the same command')
  if (flags.str('from')) set.push(...(await imported(k, flags.str('from'))))
  if (flags.bool('list') && flags.bool('local') && flags.bool('resolve'))
    throw new KubectlError('cannot use --resolve with --local')
  const pattern = flags.str('containers')
  const listing = flags.bool('list')
  await setEach(k, {
    // Where the server is not asked, nobody says that they name nothing.
    resources: flags.bool('local') ? [] : resources,
    done: 'env updated',
    refused: 'failed to patch env update to pod template:',
    async update(object, info) {
      const spec = podSpecOf(object)!
      const targets = [
        ...selectContainers(spec.containers ?? [], pattern),
        ...selectContainers(spec.initContainers ?? [], pattern),
      ]
      if (!targets.length) {
        await k.err(
          `Warning: ${info.mapping.kind}/${info.name} does not have any containers matching ${JSON.stringify(pattern)}\n`,
        )
        return
      }
      for (const c of targets) {
        if (!flags.bool('overwrite')) {
          const taken = set.find(s => (c.env ?? []).some((e: Obj) => e.name === s.name))
          if (taken)
            throw new KubectlError(
              `'${taken.name}' already has a value (${(c.env ?? []).find((e: Obj) => e.name === taken.name).value}), and --overwrite is false`,
            )
        }
        c.env = changed(c.env ?? [], set, remove)
        if (!c.env.length) delete c.env
      }
      if (!listing) return
      for (const c of targets) {
        await k.out(`# ${info.mapping.kind} ${info.name}, container ${c.name}\n`)
        for (const e of c.env ?? []) await k.out(`${await shown(k, e, info.namespace, flags.bool('resolve'))}\n`)
      }
      object.metadata = info.object.metadata
      object.spec = info.object.spec
    },
  })
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
        name: k.flags.str('prefix') + variableName(k, key),
        valueFrom: { [ref]: { name: object.metadata.name, key } },
      })
    }
  }
  return out
}

async function shown(k: Kubectl, e: Obj, namespace: string, resolve: boolean): Promise<string> {
  if (!e.valueFrom) return `${e.name}=${e.value ?? ''}`
  const source = describeSource(e.valueFrom)
  const ref = e.valueFrom.configMapKeyRef ?? e.valueFrom.secretKeyRef
  if (!resolve || !ref) return `# ${e.name} from ${source}`
  const mapping = await k.resource(e.valueFrom.configMapKeyRef ? 'configmaps' : 'secrets')
  const holder = await (await k.client()).get(mapping, namespace, ref.name)
  const value = holder.data?.[ref.key]
  if (value === undefined) throw new KubectlError(`key ${ref.key} not found in ${mapping.kind} ${ref.name}`)
  return `${e.name}=${e.valueFrom.secretKeyRef ? atob(value) : value}`
}

const describeSource = (from: Obj): string => {
  if (from.fieldRef) return `field path ${from.fieldRef.fieldPath}`
  if (from.resourceFieldRef)
    return `resource field ${from.resourceFieldRef.containerName ? `${from.resourceFieldRef.containerName}/` : ''}${from.resourceFieldRef.resource}`
  if (from.secretKeyRef) return `secret ${from.secretKeyRef.name}, key ${from.secretKeyRef.key}`
  return `configmap ${from.configMapKeyRef?.name}, key ${from.configMapKeyRef?.key}`
}
