/** kubectl apply: makes the cluster hold what the files say, by a three-way merge or by the server's own. */

import { toJson } from '../../../api/formats/go-json.ts'
import { recorded } from '../../changes/record.ts'
import { notValidated } from '../../client/unreachable.ts'
import { ApiError, isConflict, isNotFound, KubectlError, throwAll, whenDoing } from '../../errors.ts'
import { ConnectionError } from '../../io.ts'
import type { Kubectl } from '../../kubectl.ts'
import type { Obj } from '../../objects.ts'
import { dryRunSuffix, shortName } from '../../print/done.ts'
import { type ObjectPrinter, objectPrinter, splitFormat } from '../../print/printer.ts'
import { filenameOptions, type Info, infos } from '../../resources/resources.ts'
import { removalOf } from '../delete.ts'
import { LAST_APPLIED, lastApplied, withLastApplied } from './annotation.ts'
import { migrated } from './migration.ts'
import { changeOf } from './patch.ts'

export async function run(k: Kubectl): Promise<void> {
  const { flags } = k
  if (k.args.length) k.usage(`Unexpected args: [${k.args.join(' ')}]`)
  await k.client()
  const files = flags.list('filename')
  const serverSide = flags.bool('server-side')
  const dryRun = k.dryRun()
  check(k, serverSide)
  if (!files.length && !flags.str('kustomize')) throw new KubectlError('must specify one of -f and -k')
  const printer =
    splitFormat(flags).format && splitFormat(flags).format !== 'name' ? await objectPrinter(k.io, flags) : undefined
  const validate = k.validation() !== 'Ignore' && !serverSide
  const found = await infos(k, {
    ...filenameOptions(flags),
    selector: flags.str('selector'),
    continueOnError: true,
    validate,
  })
  const errors: Error[] = []
  if (found.errors.length === 1) errors.push(found.errors[0]!)
  else if (found.errors.length) {
    const { Aggregate } = await import('../../errors.ts')
    if (found.infos.length) errors.push(new Aggregate(found.errors))
    else throwAll(found.errors)
  }
  if (!found.infos.length && !errors.length) throw new KubectlError('no objects passed to apply')
  const pruner = flags.bool('prune') ? await (await import('./prune.ts')).makePruner(k) : undefined
  const results: Obj[] = []
  for (const info of found.infos) {
    try {
      const { object, said } = await applyOne(k, info, serverSide)
      pruner?.visited(object)
      if (printer) results.push(object)
      else if (splitFormat(flags).format === 'name') await k.out(`${shortName(object)}\n`)
      else await k.out(`${shortName(object)} ${said}${dryRunSuffix(k)}\n`)
    } catch (e) {
      const error = validate ? await notValidated(info.source)(k, e) : (e as Error)
      // A file that could not be checked is one error, whatever it holds.
      if (!(e instanceof ConnectionError && errors.some(one => one.message === error.message))) errors.push(error)
    }
  }
  if (printer && results.length) await printResults(k, printer, results)
  if (!errors.length && pruner) await pruner.prune(found.infos, dryRun)
  throwAll(errors)
}

function check(k: Kubectl, serverSide: boolean): void {
  const { flags } = k
  const dryRun = k.dryRun()
  if (flags.bool('force-conflicts') && !serverSide)
    throw new KubectlError('--force-conflicts only works with --server-side')
  if (dryRun === 'client' && serverSide)
    throw new KubectlError("--dry-run=client doesn't work with --server-side (did you mean --dry-run=server instead?)")
  if (flags.bool('force') && serverSide) throw new KubectlError('--force cannot be used with --server-side')
  if (flags.bool('force') && dryRun === 'server') throw new KubectlError('--dry-run=server cannot be used with --force')
  removalOf(k)
  if (flags.bool('all') && flags.str('selector'))
    throw new KubectlError('cannot set --all and --selector at the same time')
  if (flags.bool('prune')) checkPrune(k, serverSide)
  if (flags.str('subresource') && !serverSide)
    throw new KubectlError('--subresource can only be specified for --server-side')
}

function checkPrune({ flags }: Kubectl, serverSide: boolean): void {
  if (flags.bool('force')) throw new KubectlError('--force cannot be used with --prune')
  if (!flags.bool('all') && !flags.str('selector'))
    throw new KubectlError(
      'all resources selected for prune without explicitly passing --all. To prune all resources, pass the --all flag. If you did not mean to prune all resources, specify a label selector',
    )
  if (serverSide)
    throw new KubectlError("--prune is in alpha and doesn't currently work on objects created by server-side apply")
}

async function printResults(k: Kubectl, printer: ObjectPrinter, objects: readonly Obj[]): Promise<void> {
  // A template without -o is told of each, and not of their list.
  if (objects.length === 1 || !k.flags.str('output')) for (const object of objects) await k.out(printer.print(object))
  else {
    // The list has a type, what is in it has none: its fields come by the alphabet.
    const whole = (await objectPrinter(k.io, k.flags, { keepOrder: true })) ?? printer
    const items = objects.map(object => JSON.parse(toJson(object)) as Obj)
    await k.out(whole.print({ kind: 'List', apiVersion: 'v1', metadata: {}, items }))
  }
}

interface Applied {
  object: Obj
  said: string
}

async function applyOne(k: Kubectl, info: Info, serverSide: boolean): Promise<Applied> {
  if (!info.object.metadata?.name && info.object.metadata?.generateName)
    throw new KubectlError(`from ${info.object.metadata.generateName}: cannot use generate name with apply`)
  if (serverSide) return serverApply(k, info)
  const client = await k.client()
  const dryRun = k.dryRun()
  const modified = withLastApplied(recorded(k, info.object))
  let current: Obj
  try {
    if (!info.name) throw new KubectlError('resource name may not be empty')
    current = await client.get(info.mapping, info.namespace, info.name)
  } catch (e) {
    if (e instanceof ConnectionError && k.validation() !== 'Ignore') throw e
    if (!isNotFound(e)) {
      const m = info.mapping
      const words = `error when retrieving current configuration of:\nResource: "${m.group}/${m.version}, Resource=${m.plural}", GroupVersionKind: "${m.group}/${m.version}, Kind=${m.kind}"\nName: ${JSON.stringify(info.name)}, Namespace: ${JSON.stringify(info.namespace)}\nfrom server for: ${JSON.stringify(info.source)}: `
      if (e instanceof ApiError) throw new ApiError({ ...e.status, message: words + e.message })
      throw new KubectlError(words + (e as Error).message)
    }
    return { object: await create(k, info, modified), said: 'created' }
  }
  if (current.metadata.deletionTimestamp)
    await k.err(`Warning: Detected changes to resource ${current.metadata.name} which is currently being deleted.\n`)
  // A word of kubectl's own, which is no warning of the server's.
  if (dryRun !== 'client' && current.metadata.annotations?.[LAST_APPLIED] === undefined)
    await k.err(
      `Warning: resource ${info.mapping.plural}/${info.name} is missing the ${LAST_APPLIED} annotation which is required by kubectl apply. kubectl apply should only be used on resources created declaratively by either kubectl create --save-config or kubectl apply. The missing annotation will be patched automatically.\n`,
    )
  if (dryRun === 'client') {
    const { patch } = changeOf(info.mapping, modified, current)
    return { object: Object.keys(patch).length ? info.object && { ...current } : current, said: 'configured' }
  }
  return patchUntilFits(k, info, modified, current)
}

async function create(k: Kubectl, info: Info, modified: Obj): Promise<Obj> {
  if (k.dryRun() === 'client') return modified
  try {
    return await (await k.client()).create(info.mapping, info.namespace, modified, query(k))
  } catch (e) {
    throw whenDoing('creating', info.source, e)
  }
}

const query = (k: Kubectl): Record<string, string | undefined> => k.writeQuery('kubectl-client-side-apply')

const TRIES = 5

async function patchUntilFits(k: Kubectl, info: Info, modified: Obj, first: Obj): Promise<Applied> {
  const client = await k.client()
  const { mapping, namespace, name } = info
  let current = first
  for (let attempt = 1; ; attempt++) {
    const { form, patch } = changeOf(mapping, modified, current)
    if (!Object.keys(patch).length) return { object: current, said: 'unchanged' }
    const whenApplying = async (change: Obj | undefined, e: unknown): Promise<Error> => {
      const m = mapping
      const words = `error when applying patch:\n${change ? toJson(change) : ''}\nto:\nResource: "${m.group}/${m.version}, Resource=${m.plural}", GroupVersionKind: "${m.group}/${m.version}, Kind=${m.kind}"\nName: ${JSON.stringify(name)}, Namespace: ${JSON.stringify(namespace)}\nfor: ${JSON.stringify(info.source)}`
      return whenPatching(words, info.source, e)
    }
    if (!k.flags.bool('overwrite')) {
      const { refuseOverwriting } = await import('./overwrite.ts')
      try {
        refuseOverwriting(lastApplied(current) ?? {}, modified, current, patch)
      } catch (e) {
        throw await whenApplying(undefined, e)
      }
    }
    try {
      const object = await client.patch(mapping, namespace, name, form, patch, query(k))
      return { object, said: 'configured' }
    } catch (e) {
      if (isConflict(e) && attempt < TRIES) {
        current = await client.get(mapping, namespace, name)
        continue
      }
      if (k.flags.bool('force') && e instanceof ApiError && (e.reason === 'Conflict' || e.reason === 'Invalid'))
        return recreate(k, info, modified)
      throw await whenApplying(patch, e)
    }
  }
}

function whenPatching(words: string, source: string, e: unknown): Error {
  const told = whenDoing('patching', source, e)
  if (told instanceof ApiError) return new ApiError({ ...told.status, message: `${words}: ${told.message}` })
  return new KubectlError(`${words}: ${told.message}`)
}

/** --force: what cannot be changed is deleted and made anew. */
async function recreate(k: Kubectl, info: Info, modified: Obj): Promise<Applied> {
  const { waitForDeletion } = await import('../delete.ts')
  const client = await k.client()
  const result = await client.delete(info.mapping, info.namespace, info.name, {
    kind: 'DeleteOptions',
    apiVersion: 'v1',
    propagationPolicy: 'Background',
    ...(k.flags.num('grace-period') >= 0 && { gracePeriodSeconds: k.flags.num('grace-period') }),
  })
  await waitForDeletion(k, [{ info, uid: result.metadata?.uid ?? result.details?.uid ?? '' }], k.flags.num('timeout'))
  return { object: await create(k, info, modified), said: 'configured' }
}

async function serverApply(k: Kubectl, info: Info): Promise<Applied> {
  const { flags } = k
  const client = await k.client()
  const said = 'serverside-applied'
  const send = (): Promise<Obj> =>
    client.patch(info.mapping, info.namespace, info.name, 'apply', info.object, {
      ...k.writeQuery('kubectl'),
      force: flags.bool('force-conflicts') ? 'true' : 'false',
    })
  try {
    const object = await send()
    return { object: (await migrated(k, info, object)) ? await send() : object, said }
  } catch (e) {
    if (!isConflict(e)) throw e
    throw new KubectlError(
      `${e.message}\nPlease review the fields above--they currently have other managers. Here\nare the ways you can resolve this warning:\n* If you intend to manage all of these fields, please re-run the apply\n  command with the \`--force-conflicts\` flag.\n* If you do not intend to manage all of the fields, please edit your\n  manifest to remove references to the fields that should keep their\n  current managers.\n* You may co-own fields by updating your manifest to match the existing\n  value; in this case, you'll become the manager if the other manager(s)\n  stop managing the field (remove it from their configuration).\nSee https://kubernetes.io/docs/reference/using-api/server-side-apply/#conflicts`,
    )
  }
}
