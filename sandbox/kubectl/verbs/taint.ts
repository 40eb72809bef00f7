/** kubectl taint. */
import { KubectlError } from '../errors.ts'
import type { Kubectl } from '../kubectl.ts'
import type { Obj } from '../objects.ts'
import { twoWayPatch } from '../patch/strategic-diff.ts'
import { sayDone } from '../print/done.ts'
import { visit } from '../resources.ts'

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
  const colon = body.indexOf(':')
  const left = colon < 0 ? body : body.slice(0, colon)
  const effect = colon < 0 ? '' : body.slice(colon + 1)
  const at = left.indexOf('=')
  if (!left || (!remove && colon < 0)) throw new KubectlError(`invalid taint spec: ${text}`)
  if (effect && !EFFECTS.includes(effect))
    throw new KubectlError(`invalid taint effect: ${effect}, unsupported taint effect`)
  return { key: at < 0 ? left : left.slice(0, at), value: at < 0 ? '' : left.slice(at + 1), effect, remove }
}

export async function run(k: Kubectl): Promise<void> {
  const { flags } = k
  const isSpec = (a: string): boolean => a.includes(':') || a.includes('=') || a.endsWith('-')
  const specs = k.args.filter(isSpec).map(parse)
  const resources = k.args.filter(a => !isSpec(a))
  if (!resources.length) throw new KubectlError('one or more resources must be specified as <resource> <name>')
  if (!/^(nodes?|no)(\/|$)/.test(resources[0]!))
    throw new KubectlError(`invalid resource type ${resources[0]}, only node types are supported`)
  if (!specs.length) throw new KubectlError('at least one taint update is required')
  if (flags.bool('all') && flags.str('selector'))
    throw new KubectlError("setting 'all' parameter with a non empty selector is prohibited")
  const overwrite = flags.bool('overwrite')
  const say = await sayDone(k)
  await visit(
    k,
    { args: resources, selector: flags.str('selector'), all: flags.bool('all'), continueOnError: true, latest: true },
    async info => {
      const old: Obj[] = info.object.spec.taints ?? []
      const taken = specs.filter(s => !s.remove && old.some(t => t.key === s.key && t.effect === s.effect))
      if (taken.length && !overwrite)
        throw new KubectlError(
          `node ${info.name} already has ${taken.map(t => t.key).join(', ')} taint(s) with same effect(s) and --overwrite is false`,
        )
      for (const s of specs)
        if (s.remove && !old.some(t => t.key === s.key && (!s.effect || t.effect === s.effect)))
          throw new KubectlError(`taint ${JSON.stringify(s.effect ? `${s.key}:${s.effect}` : s.key)} not found`)
      const kept = old.filter(t => !specs.some(s => s.key === t.key && (!s.effect || s.effect === t.effect)))
      const added = specs.filter(s => !s.remove)
      const taints = [
        ...added.map(s => ({ key: s.key, ...(s.value && { value: s.value }), effect: s.effect })),
        ...kept,
      ]
      const after = { ...info.object, spec: { ...info.object.spec, taints } }
      if (!taints.length) delete after.spec.taints
      const done = !added.length ? 'untainted' : specs.some(s => s.remove) ? 'modified' : 'tainted'
      if (k.dryRun() === 'client') return say(after, done)
      const changed = await (await k.client()).patch(
        info.mapping,
        '',
        info.name,
        'strategic',
        twoWayPatch('Node', info.object, after),
        k.writeQuery('kubectl-taint'),
      )
      await say(changed, done)
    },
  )
}
