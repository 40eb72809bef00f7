/** Common to the `set` verbs: objects with Pod templates, changed and sent back as a patch. */
import { clone, deepEqual } from '../../../api/formats/json.ts'
import { recorded } from '../../changes/record.ts'
import { ApiError, KubectlError, throwAll } from '../../errors.ts'
import type { Kubectl } from '../../kubectl.ts'
import { typed } from '../../manifests/typed.ts'
import type { Obj } from '../../objects.ts'
import { mergePatch } from '../../patch/merge-patch.ts'
import { isBuiltIn, twoWayPatch } from '../../patch/strategic-diff.ts'
import { goTypeName, podSpecOf } from '../../pods/selectors.ts'
import { resultPrinter } from '../../print/done.ts'
import { filenameOptions, type Info, infos, MISSING_RESOURCE } from '../../resources/resources.ts'

export interface Change {
  resources: readonly string[]
  /** What is wrong with the command line, once its resources are known. @throws KubectlError */
  check?(): void
  /** `image updated` */
  done: string
  /** Failures are told without the object's name. */
  bare?: boolean
  /** What stands before the server's refusal. */
  refused?: string
  /** Changes the object in place; `complain` notes what could not be changed and goes on. @throws Error */
  update(object: Obj, info: Info, complain: (words: string) => void): Promise<void> | void
  /** What goes wrong with one object is passed over. */
  silent?: boolean
  /** Told even of what was so already. */
  always?: boolean
  /** The template is needed. */
  template?: boolean
}

export function refuseAllWithSelector({ flags }: Kubectl): void {
  if (flags.bool('all') && flags.str('selector'))
    throw new KubectlError('cannot set --all and --selector at the same time')
}

export async function setEach(k: Kubectl, change: Change): Promise<void> {
  const { flags } = k
  const local = flags.has('local') && flags.bool('local')
  if (local && k.dryRun() === 'server')
    throw new KubectlError('cannot specify --local and --dry-run=server - did you mean --dry-run=client?')
  const say = await resultPrinter(k, 'typed')
  if (!change.resources.length && !flags.list('filename').length && !flags.str('kustomize'))
    throw new KubectlError(MISSING_RESOURCE)
  const found = await infos(k, {
    args: change.resources,
    ...filenameOptions(flags),
    selector: flags.has('selector') ? flags.str('selector') : '',
    allowEmptySelector: flags.has('all') && flags.bool('all'),
    continueOnError: true,
    latest: !local,
    local,
  })
  throwAll(found.errors)
  change.check?.()
  const complaints: Error[] = []
  const errors: Error[] = []
  for (const info of found.infos) {
    const name = `${local ? info.mapping.kind.toLowerCase() : info.mapping.plural}/${info.name}`
    let after = clone(info.object)
    try {
      if (change.template !== false && !podSpecOf(after))
        throw new KubectlError(`the object is not a pod or does not have a pod template: ${goTypeName(after)}`)
      await change.update(after, info, words => complaints.push(new KubectlError(words)))
    } catch (e) {
      if (change.silent) continue
      errors.push(change.bare ? (e as Error) : new KubectlError(`error: ${name} ${(e as Error).message}\n`))
      continue
    }
    try {
      if (!change.always && deepEqual(info.object, after)) continue
      after = recorded(k, after)
      if (local || k.dryRun() === 'client') {
        await say(typed(after), change.done)
        continue
      }
      await say(typed(await send(k, info, after, change.refused)), change.done)
    } catch (e) {
      errors.push(e as Error)
    }
  }
  throwAll([...complaints, ...errors])
}

async function send(k: Kubectl, info: Info, after: Obj, refusal: string | undefined): Promise<Obj> {
  const client = await k.client()
  const builtIn = isBuiltIn(info.mapping.group)
  const patch = builtIn ? twoWayPatch(info.mapping.kind, info.object, after) : mergePatch(info.object, after)
  try {
    return await client.patch(
      info.mapping,
      info.namespace,
      info.name,
      builtIn ? 'strategic' : 'merge',
      patch,
      k.writeQuery('kubectl-set'),
    )
  } catch (e) {
    if (e instanceof ApiError && refusal) throw new KubectlError(`${refusal} ${e.message}`)
    throw e
  }
}

/** `nginx` means that container, `*` or '' all, `a*` those whose names fit. */
export function selectContainers(containers: readonly Obj[], pattern: string): Obj[] {
  if (!pattern || pattern === '*') return [...containers]
  if (!pattern.includes('*')) return containers.filter(c => c.name === pattern)
  const re = new RegExp(`^${pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`)
  return containers.filter(c => re.test(c.name))
}
