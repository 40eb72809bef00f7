/** Labels and annotations: the two verbs that change a map of words in an object's metadata. */
import { deepEqual } from '../../api/formats/json.ts'
import { labelValueFault } from '../../api/requests/selectors.ts'
import { recorded } from '../changes/record.ts'
import { KubectlError, throwAll } from '../errors.ts'
import type { Kubectl } from '../kubectl.ts'
import { type Obj, sortedKeys } from '../objects.ts'
import { mergePatch } from '../patch/merge-patch.ts'
import { resultPrinter } from '../print/done.ts'
import { filenameOptions, plan, visitPlaces } from '../resources/resources.ts'
import { resourcesAndPairs } from './pairs.ts'

interface Changes {
  set: Map<string, string>
  remove: string[]
}

function parse(pairs: readonly string[], what: 'label' | 'annotation'): Changes {
  const set = new Map<string, string>()
  const remove: string[] = []
  for (const pair of pairs) {
    const at = pair.indexOf('=')
    if (at > 0) {
      const [key, value] = [pair.slice(0, at), pair.slice(at + 1)]
      if (what === 'label') {
        if (value.includes('=')) throw new KubectlError(`invalid label spec: ${pair}`)
        const problem = labelValueFault(value)
        if (problem) throw new KubectlError(`invalid label value: ${JSON.stringify(pair)}: ${problem}`)
      }
      set.set(key, value)
    } else if (pair.endsWith('-')) remove.push(pair.slice(0, -1))
    else throw new KubectlError(`unknown ${what} spec: ${pair}`)
  }
  for (const key of remove)
    if (set.has(key))
      throw new KubectlError(
        what === 'label'
          ? 'can not both modify and remove a label in the same command'
          : `can not both modify and remove the following annotation(s) in the same command: ${key}`,
      )
  return { set, remove }
}

export async function editMetadata(k: Kubectl, what: 'label' | 'annotation'): Promise<void> {
  const { flags } = k
  const local = flags.bool('local')
  const list = flags.bool('list')
  const overwrite = flags.bool('overwrite')
  const version = flags.str('resource-version')
  k.dryRun()
  if (what === 'annotation') await resultPrinter(k)
  const { resources, pairs } = resourcesAndPairs(k.args, what)
  if (local && k.dryRun() === 'server')
    throw new KubectlError('cannot specify --local and --dry-run=server - did you mean --dry-run=client?')
  const changes = parse(pairs, what)
  if (flags.bool('all') && flags.str('selector'))
    throw new KubectlError('cannot set --all and --selector at the same time')
  if (flags.bool('all') && flags.str('field-selector'))
    throw new KubectlError('cannot set --all and --field-selector at the same time')
  const files = flags.list('filename')
  const sample = what === 'label' ? 'pod' : 'rsrc'
  if (local && resources.length)
    throw new KubectlError(
      `can only use local files by -f ${sample}.yaml or --filename=${sample}.json when --local=true is set`,
    )
  if (!resources.length && !files.length && !flags.str('kustomize'))
    throw new KubectlError('one or more resources must be specified as <resource> <name> or <resource>/<name>')
  if (!changes.set.size && !changes.remove.length && !list)
    throw new KubectlError(`at least one ${what} update is required`)
  if (list && flags.str('output')) throw new KubectlError('--list and --output may not be specified together')
  const field = what === 'label' ? 'labels' : 'annotations'
  const { places, single } = await plan(k, {
    args: resources,
    ...filenameOptions(flags),
    selector: flags.str('selector'),
    fieldSelector: flags.str('field-selector'),
    allNamespaces: flags.bool('all-namespaces'),
    allowEmptySelector: flags.bool('all'),
    continueOnError: true,
    latest: !local,
    local,
  })
  const say = await resultPrinter(k)
  if (version && !single) throw new KubectlError('--resource-version may only be used with a single resource')
  await visitPlaces(places, true, async info => {
    const old: Obj = version ? withoutVersion(info.object) : info.object
    const before: Record<string, string> = old.metadata[field] ?? {}
    if (!overwrite) refuseOverwrites(before, changes, what)
    if (what === 'label' && !list && !local && k.dryRun() !== 'client')
      for (const key of changes.remove) if (!(key in before)) await k.out(`label "${key}" not found.\n`)
    const after: Record<string, string> = { ...before, ...Object.fromEntries(changes.set) }
    for (const key of changes.remove) delete after[key]
    if (list) {
      // What it would be; nothing is sent.
      const several =
        !info.source && ((resources.length > 1 && resources.length !== 2) || flags.bool('all') || flags.str('selector'))
      if (several) await k.out(`Listing ${field} for ${old.kind}.${info.mapping.group}/${info.name}:\n`)
      for (const key of sortedKeys(after)) await k.out(`${several ? ' ' : ''}${key}=${after[key]}\n`)
      return
    }
    const next: Obj = {
      ...old,
      metadata: { ...old.metadata, [field]: after, ...(version && { resourceVersion: version }) },
    }
    const noted = recorded(k, next)
    const done = what === 'annotation' ? 'annotated' : labelled(old, next, overwrite)
    if (local || k.dryRun() === 'client') return say(noted, done)
    const client = await k.client()
    const query = k.writeQuery(`kubectl-${what === 'label' ? 'label' : 'annotate'}`)
    const patch = mergePatch(old, noted)
    const result = await client.patch(info.mapping, info.namespace, info.name, 'merge', patch, query)
    await say(result, done)
  })
}

/** So that the version which is wanted is always part of the patch. */
function withoutVersion(object: Obj): Obj {
  const { resourceVersion: _found, ...metadata } = object.metadata
  return { ...object, metadata }
}

/** An empty map where there was none counts as a change, and what makes an object shorter as a removal. */
function labelled(old: Obj, next: Obj, overwrite: boolean): string {
  if (deepEqual(old, next)) return 'not labeled'
  return !overwrite && JSON.stringify(next).length < JSON.stringify(old).length ? 'unlabeled' : 'labeled'
}

function refuseOverwrites(
  before: Readonly<Record<string, string>>,
  { set }: Changes,
  what: 'label' | 'annotation',
): void {
  const taken = [...set]
    .filter(([key, value]) => key in before && before[key] !== value)
    .map(([key]) => `'${key}' already has a value (${before[key]})`)
  if (!taken.length) return
  if (what === 'label') throwAll(taken.map(t => new KubectlError(`${t}, and --overwrite is false`)))
  throw new KubectlError(`--overwrite is false but found the following declared annotation(s): ${taken.join('; ')}`)
}
