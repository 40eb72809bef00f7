/** kubectl delete: removes what is named, and waits until it is gone. */
import { resourcePath } from '../client/client.ts'
import { qualifiedPlural } from '../client/discovery.ts'
import { checkPath, rawRequest } from '../client/rawhttp.ts'
import { ApiError, isNotFound, KubectlError, whenDoing } from '../errors.ts'
import type { Kubectl } from '../kubectl.ts'
import type { Obj } from '../objects.ts'
import { dryRunSuffix } from '../print/done.ts'
import { filenameOptions, type Info, MISSING_RESOURCE, nameOf, plan, visitPlaces } from '../resources/resources.ts'

export interface Removal {
  grace: number
  force: boolean
  propagation: 'Background' | 'Foreground' | 'Orphan'
  wait: boolean
  timeoutMs: number
  ignoreNotFound: boolean
  nameOnly: boolean
}

const PROPAGATION = { background: 'Background', foreground: 'Foreground', orphan: 'Orphan' } as const

export function removalOf(k: Kubectl): Removal {
  const { flags } = k
  let grace = flags.num('grace-period')
  const force = flags.bool('force')
  if (flags.has('now') && flags.bool('now')) {
    if (grace !== -1) throw new KubectlError('--now and --grace-period cannot be specified together')
    grace = 1
  }
  let wait = flags.bool('wait')
  if (grace === 0 && !force) grace = 1
  if (force && grace < 0) grace = 0
  if (force && grace === 0 && !flags.changed('wait')) wait = flags.bool('wait')
  const cascade = flags.str('cascade')
  const worded = cascade === 'true' ? 'background' : cascade === 'false' ? 'orphan' : undefined
  if (worded)
    void k.err(
      `warning: --cascade=${cascade} is deprecated (boolean value) and can be replaced with --cascade=${worded}.\n`,
    )
  const propagation = PROPAGATION[(worded ?? cascade) as keyof typeof PROPAGATION]
  if (!propagation)
    throw new KubectlError(`invalid cascade value (${cascade}). Must be "background", "foreground", or "orphan"`)
  return {
    grace,
    force,
    propagation,
    wait,
    timeoutMs: flags.num('timeout'),
    ignoreNotFound: flags.has('ignore-not-found') && flags.bool('ignore-not-found'),
    nameOnly: flags.str('output') === 'name',
  }
}

const FORCE_WARNING =
  'Warning: Immediate deletion does not wait for confirmation that the running resource has been terminated. The resource may continue to run on the cluster indefinitely.\n'

export async function run(k: Kubectl): Promise<void> {
  const { flags } = k
  const output = flags.str('output')
  if (output && output !== 'name')
    throw new KubectlError(`unexpected -o output mode: ${output}. We only support '-o name'`)
  const removal = removalOf(k)
  const all = flags.bool('all')
  if (flags.str('raw')) return removeRaw(k)
  if (all && (flags.str('selector') || flags.str('field-selector')))
    throw new KubectlError("setting 'all' parameter but found a non empty selector. ")
  if (!k.args.length && !flags.list('filename').length && !flags.str('kustomize') && !flags.bool('all'))
    throw new KubectlError(MISSING_RESOURCE)
  const wanted = {
    args: k.args,
    ...filenameOptions(flags),
    selector: flags.str('selector'),
    fieldSelector: flags.str('field-selector'),
    all,
    allNamespaces: flags.bool('all-namespaces'),
    fetch: false,
  }
  const { places } = await plan(k, wanted)
  if (all || flags.str('selector')) removal.ignoreNotFound ||= !flags.changed('ignore-not-found')
  if (removal.force && removal.grace > 0)
    throw new KubectlError('--force and --grace-period greater than 0 cannot be specified together')
  if (removal.force && removal.grace === 0) await k.err(FORCE_WARNING)
  const chosen = flags.bool('interactive') ? await confirmed(k, (await plan(k, wanted)).places) : undefined
  if (chosen?.size === 0) return
  const gone: { info: Info; uid: string }[] = []
  const enforced = (await k.namespaceEnforced()) && !flags.bool('all-namespaces')
  let warned = false
  let count = 0
  await visitPlaces(places, true, async info => {
    if (chosen && !chosen.has(placeOf(info))) return
    count++
    if (enforced && !info.mapping.namespaced && !warned) {
      warned = true
      await k.err('Warning: deleting cluster-scoped resources, not scoped to the provided namespace\n')
    }
    const result = await remove(k, info, removal)
    if (result) gone.push({ info, uid: uidOf(result) ?? info.object?.metadata?.uid ?? '' })
  })
  if (!count) {
    await k.out('No resources found\n')
    return
  }
  if (removal.wait && k.dryRun() === 'none') await waitForDeletion(k, gone, removal.timeoutMs)
}

const placeOf = ({ mapping, namespace, name }: Info): string => [qualifiedPlural(mapping), namespace, name].join('/')

/** Shows what would go and asks; the places that may be deleted, none where the answer is no. */
async function confirmed(k: Kubectl, places: Parameters<typeof visitPlaces>[0]): Promise<Set<string>> {
  const found: Info[] = []
  await visitPlaces(places, true, async info => void found.push(info))
  if (!found.length) {
    await k.out('No resources found\n')
    return new Set()
  }
  await k.out(`You are about to delete the following ${found.length} resource(s):\n`)
  for (const info of found) await k.out(`${nameOf(info)}\n`)
  await k.out('Do you want to continue? (y/n): ')
  let answer = ''
  while (!/\S\s/.test(answer)) {
    const piece = await k.io.read()
    if (!piece) break
    answer += piece
  }
  if (answer.trim().split(/\s/)[0]!.toLowerCase() === 'y') return new Set(found.map(placeOf))
  await k.out('deletion is cancelled\n')
  return new Set()
}

async function removeRaw(k: Kubectl): Promise<void> {
  const { flags } = k
  const files = flags.list('filename')
  const complain = (words: string): never => {
    throw new KubectlError(words)
  }
  if (flags.bool('interactive')) complain('--interactive can not be used with --raw')
  if (files.length > 1) complain('--raw can only use a single local file or stdin')
  if (/^https?:\/\//.test(files[0] ?? '')) complain('--raw cannot read from a url')
  if (flags.bool('recursive')) complain('--raw and --recursive are mutually exclusive')
  if (flags.str('output')) complain('--raw and --output are mutually exclusive')
  checkPath(flags.str('raw'))
  await rawRequest(k, 'DELETE', files[0])
}

const uidOf = (result: Obj): string | undefined =>
  result.kind === 'Status' ? result.details?.uid : result.metadata?.uid

/** Asks for the deletion and says so; undefined where nothing was there. */
export async function remove(k: Kubectl, info: Info, removal: Removal): Promise<Obj | undefined> {
  const client = await k.client()
  const dryRun = k.dryRun()
  let result: Obj = {}
  if (dryRun !== 'client') {
    try {
      result = await client.delete(
        info.mapping,
        info.namespace,
        info.name,
        {
          kind: 'DeleteOptions',
          apiVersion: 'v1',
          ...(removal.grace >= 0 && { gracePeriodSeconds: removal.grace }),
          propagationPolicy: removal.propagation,
          ...(dryRun === 'server' && { dryRun: ['All'] }),
        },
        { dryRun: dryRun === 'server' ? 'All' : undefined },
      )
    } catch (e) {
      if (removal.ignoreNotFound && isNotFound(e)) return undefined
      throw whenDoing('deleting', info.source, e)
    }
  }
  await sayDeleted(k, info, removal)
  return result
}

export async function sayDeleted(k: Kubectl, info: Info, removal: Pick<Removal, 'grace' | 'nameOnly'>): Promise<void> {
  const kind = `${info.mapping.kind.toLowerCase()}${info.mapping.group ? `.${info.mapping.group}` : ''}`
  if (removal.nameOnly) await k.out(`${kind}/${info.name}\n`)
  else await k.out(`${kind} "${info.name}" ${removal.grace === 0 ? 'force deleted' : 'deleted'}${dryRunSuffix(k)}\n`)
}

const LONG = 168 * 3600 * 1000

/** Returns when none of them is left, or another object stands in its place. */
export async function waitForDeletion(
  k: Kubectl,
  targets: readonly { info: Info; uid: string }[],
  timeoutMs: number,
): Promise<void> {
  const deadline = k.now() + (timeoutMs > 0 ? timeoutMs : LONG)
  for (const { info, uid } of targets) {
    if (!(await goneBy(k, info, uid, deadline)))
      throw new KubectlError(`timed out waiting for the condition on ${info.mapping.plural}/${info.name}`)
  }
}

async function goneBy(k: Kubectl, info: Info, uid: string, deadline: number): Promise<boolean> {
  const client = await k.client()
  for (;;) {
    let current: Obj
    try {
      current = await client.get(info.mapping, info.namespace, info.name)
    } catch (e) {
      if (isNotFound(e)) return true
      throw e
    }
    if (uid && current.metadata.uid !== uid) return true
    const left = deadline - k.now()
    if (left <= 0) return false
    const events = client.watch(resourcePath(info.mapping, info.namespace), {
      query: {
        fieldSelector: `metadata.name=${info.name}`,
        resourceVersion: current.metadata.resourceVersion,
        timeoutSeconds: Math.max(1, Math.ceil(left / 1000)),
      },
    })
    try {
      for await (const event of events) {
        if (event.type === 'DELETED') return true
        if (event.type === 'ERROR') break
      }
    } catch (e) {
      if (!(e instanceof ApiError)) throw e
      await k.io.sleep(1000)
    }
  }
}
