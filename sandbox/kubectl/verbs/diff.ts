/** kubectl diff: what apply would change, by asking the server without keeping the answer. */

import { toYaml } from '../../api/formats/go-yaml.ts'
import { unifiedDiff } from '../changes/text-diff.ts'
import { Exit, isConflict, isNotFound } from '../errors.ts'
import { randomDigits } from '../io.ts'
import type { Kubectl } from '../kubectl.ts'
import { byBytes, type Obj } from '../objects.ts'
import { withoutManagedFields } from '../print/printer.ts'
import { filenameOptions, type Info, visit } from '../resources/resources.ts'
import { withoutMemory } from './apply/annotation.ts'
import { changeOf } from './apply/patch.ts'

export async function run(k: Kubectl): Promise<number> {
  const { flags } = k
  if (k.args.length)
    throw new Exit(2, `error: Unexpected args: [${k.args.join(' ')}]\nSee 'kubectl diff -h' for help and examples`)
  const files = flags.list('filename')
  if (!files.length && !flags.str('kustomize')) throw new Exit(2, 'error: must specify one of -f and -k')
  if (flags.bool('force-conflicts') && !flags.bool('server-side'))
    throw new Exit(2, 'error: --force-conflicts only works with --server-side')
  const found = new Map<string, string>()
  const places: Places = { live: `/tmp/LIVE-${randomDigits(k.io)}`, merged: `/tmp/MERGED-${randomDigits(k.io)}` }
  // Told in the order of the files' names, as diff goes through a folder.
  const all = (): string =>
    [...found]
      .sort(([a], [b]) => byBytes(a, b))
      .map(([, text]) => text)
      .join('')
  try {
    await k.client()
    await visit(
      k,
      {
        ...filenameOptions(flags),
        selector: flags.str('selector'),
        continueOnError: true,
      },
      async info => {
        await difference(k, info, places, found)
      },
    )
  } catch (e) {
    // What differs is told only where all of it could be looked at.
    const { explainError } = await import('../errors.ts')
    throw new Exit(2, explainError(e).words)
  }
  if (!found.size) return 0
  await k.out(all())
  return 1
}

/** The folders that hold what is there and what would be. */
interface Places {
  live: string
  merged: string
}

async function difference(k: Kubectl, info: Info, places: Places, found: Map<string, string>): Promise<void> {
  const client = await k.client()
  const { mapping, namespace, name } = info
  let live: Obj | undefined
  try {
    live = await client.get(mapping, namespace, name)
  } catch (e) {
    if (!isNotFound(e)) throw e
  }
  const merged = await wouldBe(k, info, live)
  // A secret that is not there yet is masked all the same, which makes it `null`.
  const nothing = mapping.kind === 'Secret' && !mapping.group ? 'null\n' : ''
  const show = (o: Obj | undefined): string =>
    o ? toYaml(masked(k.flags.bool('show-managed-fields') ? o : withoutManagedFields(o))) : nothing
  const body = unifiedDiff(show(live), show(merged))
  if (!body) return
  const file = `${mapping.group ? `${mapping.group}.` : ''}${mapping.version}.${mapping.kind}.${namespace}.${name}`
  const stamp = `${new Date(k.now()).toISOString().replace('T', ' ').replace('Z', '000000')} +0000`
  const [a, b] = [`${places.live}/${file}`, `${places.merged}/${file}`]
  found.set(file, `diff -u -N ${a} ${b}\n--- ${a}\t${stamp}\n+++ ${b}\t${stamp}\n${body}`)
}

async function wouldBe(k: Kubectl, { mapping, namespace, name, object }: Info, live: Obj | undefined): Promise<Obj> {
  const client = await k.client()
  if (k.flags.bool('server-side')) {
    const merged = client.patch(mapping, namespace, name, 'apply', object, {
      ...k.writeQuery('kubectl'),
      dryRun: 'All',
      force: k.flags.bool('force-conflicts') ? 'true' : 'false',
    })
    return merged.catch(async e => {
      const about = `Object (${mapping.group}/${mapping.version}, Kind=${mapping.kind}: ${name})`
      if (isConflict(e)) await k.log('W', 'diff.go:723', `${about} keeps changing, diffing without lock`)
      throw e
    })
  }
  const query = { ...k.writeQuery('kubectl-client-side-apply'), dryRun: 'All' }
  if (!live) return client.create(mapping, namespace, object, query)
  const { form, patch } = changeOf(mapping, withoutMemory(object), live)
  if (!Object.keys(patch).length) return live
  return client.patch(mapping, namespace, name, form, patch, query)
}

const masked = (o: Obj): Obj =>
  o.kind === 'Secret' && o.data ? { ...o, data: Object.fromEntries(Object.keys(o.data).map(x => [x, '***'])) } : o
