/** kubectl taint. */
import { keyFault, labelValueFault } from '../../api/requests/selectors.ts'
import { Exit, KubectlError, throwAll } from '../errors.ts'
import type { Kubectl } from '../kubectl.ts'
import type { Obj } from '../objects.ts'
import { twoWayPatch } from '../patch/strategic-diff.ts'
import { resultPrinter } from '../print/done.ts'
import { visit } from '../resources/resources.ts'

const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute']

interface Spec {
  key: string
  value: string
  effect: string
  remove: boolean
}

function parse(text: string): Spec {
  const remove = text.endsWith('-')
  const body = remove ? text.slice(0, -1) : text
  const [left = '', effect, ...more] = body.split(':')
  if (more.length) throw new KubectlError(`invalid taint spec: ${body}`)
  if (effect !== undefined && !EFFECTS.includes(effect))
    throw new KubectlError(`invalid taint effect: ${effect}, unsupported taint effect`)
  const [key = '', value = '', ...rest] = effect === undefined ? [left] : left.split('=')
  if (rest.length) throw new KubectlError(`invalid taint spec: ${body}`)
  const fault = labelValueFault(value) ?? keyFault(key)
  if (fault) throw new KubectlError(`invalid taint spec: ${body}, ${fault}`)
  if (!remove && !effect) throw new KubectlError(`invalid taint spec: ${body}`)
  return { key, value, effect: effect ?? '', remove }
}

/** What is added and what is taken away; everything before the first of them names nodes. */
function specsOf(k: Kubectl): { resources: string[]; add: Spec[]; remove: Spec[] } {
  const isSpec = (a: string): boolean => a.includes(':') || a.includes('=') || a.endsWith('-')
  const first = k.args.findIndex(isSpec)
  const resources = first < 0 ? [...k.args] : k.args.slice(0, first)
  const texts = first < 0 ? [] : k.args.slice(first)
  const stray = texts.find(a => !isSpec(a))
  if (stray) throw new KubectlError(`all resources must be specified before taint changes: ${stray}`)
  if (!resources.length) throw new KubectlError('one or more resources must be specified as <resource> <name>')
  if (!texts.length) throw new KubectlError('at least one taint update is required')
  const [add, remove]: [Spec[], Spec[]] = [[], []]
  try {
    for (const spec of texts.map(parse)) {
      if (add.some(s => !spec.remove && s.key === spec.key && s.effect === spec.effect))
        throw new KubectlError(
          `duplicated taints with the same key and effect: {${spec.key} ${spec.value} ${spec.effect} <nil>}`,
        )
      ;(spec.remove ? remove : add).push(spec)
    }
  } catch (e) {
    k.usage((e as Error).message)
  }
  return { resources, add, remove }
}

const sameTaint = (a: { key: string; effect: string }, b: { key: string; effect: string }): boolean =>
  a.key === b.key && a.effect === b.effect

const fits = (taint: Obj, s: Spec): boolean => taint.key === s.key && (!s.effect || taint.effect === s.effect)

export async function run(k: Kubectl): Promise<void> {
  const { flags } = k
  await k.namespace()
  k.dryRun()
  k.validation()
  const { resources, add, remove } = specsOf(k)
  const kind = resources[0]!.toLowerCase()
  const mapping = await k.resource(kind, 2).catch(e => {
    throw e instanceof KubectlError ? new Exit(1, `${e.message}\n`) : e
  })
  if (mapping.kind !== 'Node') throw new KubectlError(`invalid resource type ${kind}, only node types are supported`)
  const both = remove.filter(r => add.some(a => fits(a, r)))
  if (both.length)
    throw new KubectlError(
      `can not both modify and remove the following taint(s) in the same command: ${both.map(r => `${r.key}=${r.effect}`).join(', ')}`,
    )
  const all = flags.bool('all')
  const selector = flags.str('selector')
  if (all && selector) throw new KubectlError("setting 'all' parameter with a non empty selector is prohibited")
  if (!all && !selector && resources.length < 2)
    throw new KubectlError("at least one resource name must be specified since 'all' parameter is not set")
  const overwrite = flags.bool('overwrite')
  const wanted = {
    args: all || selector ? [resources[0]!] : resources,
    selector,
    all,
    continueOnError: true,
    latest: true,
  }
  await visit(k, wanted, async info => {
    const old: Obj[] = info.object.spec.taints ?? []
    const taken = add.filter(s => old.some(t => sameTaint(t as Spec, s)))
    if (taken.length && !overwrite)
      throw new KubectlError(
        `node ${info.name} already has ${taken.map(t => t.key).join(',')} taint(s) with same effect(s) and --overwrite is false`,
      )
    const { taints, done } = changed(old, add, remove, overwrite)
    const after = { ...info.object, spec: { ...info.object.spec, taints } }
    if (!taints.length) delete after.spec.taints
    // Each node has a printer of its own; nothing is said of a dry run.
    const say = await resultPrinter(k, k.dryRun() === 'client' ? false : 'typed', '')
    if (k.dryRun() === 'client') return say(after, done)
    const patch = twoWayPatch('Node', info.object, after)
    const client = await k.client()
    await say(await client.patch(info.mapping, '', info.name, 'strategic', patch, k.writeQuery('kubectl-taint')), done)
  })
}

function changed(
  old: readonly Obj[],
  add: readonly Spec[],
  remove: readonly Spec[],
  overwrite: boolean,
): { taints: Obj[]; done: string } {
  const kept = old.filter(t => !add.some(s => sameTaint(t as Spec, s)))
  let taints: Obj[] = [...add.map(s => ({ key: s.key, ...(s.value && { value: s.value }), effect: s.effect })), ...kept]
  const added = taints.length !== old.length
  const errors: Error[] = []
  let removed = false
  for (const spec of remove) {
    const left = taints.filter(t => !fits(t, spec))
    removed = left.length !== taints.length
    taints = left
    if (!removed)
      errors.push(
        new KubectlError(`taint ${JSON.stringify(spec.effect ? `${spec.key}:${spec.effect}` : spec.key)} not found`),
      )
  }
  throwAll(errors)
  return { taints, done: (added && removed) || overwrite ? 'modified' : added ? 'tainted' : 'untainted' }
}
