/** What the `set` verbs share: objects with Pod templates, changed and sent back as a patch. */
import { clone, deepEqual } from '../../../api/json.ts'
import { Aggregate, ApiError, KubectlError } from '../../errors.ts'
import type { Kubectl } from '../../kubectl.ts'
import type { Obj } from '../../objects.ts'
import { mergePatch } from '../../patch/merge-patch.ts'
import { isBuiltIn, twoWayPatch } from '../../patch/strategic-diff.ts'
import { sayDone } from '../../print/done.ts'
import { type Info, infos, MISSING_RESOURCE } from '../../resources.ts'
import { goTypeName, podSpecOf } from '../../selectors.ts'

export interface Change {
  resources: readonly string[]
  /** `image updated` */
  done: string
  /** `image` in "failed to patch image update to pod template: …" */
  what?: string
  /** Changes the object in place. @throws Error */
  update(object: Obj, info: Info): Promise<void> | void
  /** The template is needed. */
  template?: boolean
}

export async function setEach(k: Kubectl, change: Change): Promise<void> {
  const { flags } = k
  const local = flags.has('local') && flags.bool('local')
  if (local && k.dryRun() === 'server')
    throw new KubectlError('cannot specify --local and --dry-run=server - did you mean --dry-run=client?')
  if (!change.resources.length && !flags.list('filename').length && !flags.str('kustomize'))
    throw new KubectlError(MISSING_RESOURCE)
  const found = await infos(k, {
    args: change.resources,
    filenames: flags.list('filename'),
    kustomize: flags.str('kustomize'),
    recursive: flags.bool('recursive'),
    selector: flags.has('selector') ? flags.str('selector') : '',
    allowEmptySelector: flags.has('all') && flags.bool('all'),
    continueOnError: true,
    latest: !local,
    local,
  })
  if (found.errors.length) throw found.errors.length === 1 ? found.errors[0] : new Aggregate(found.errors)
  const say = await sayDone(k)
  const errors: Error[] = []
  for (const info of found.infos) {
    const name = `${local ? info.mapping.kind.toLowerCase() : info.mapping.plural}/${info.name}`
    const after = clone(info.object)
    try {
      if (change.template !== false && !podSpecOf(after))
        throw new KubectlError(`${name} the object is not a pod or does not have a pod template: ${goTypeName(after)}`)
      await change.update(after, info)
      if (deepEqual(info.object, after)) continue
      if (local || k.dryRun() === 'client') {
        await say(after, change.done)
        continue
      }
      await say(await send(k, info, after, change.what), change.done)
    } catch (e) {
      errors.push(e as Error)
    }
  }
  if (errors.length) throw errors.length === 1 ? errors[0] : new Aggregate(errors)
}

async function send(k: Kubectl, info: Info, after: Obj, what: string | undefined): Promise<Obj> {
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
    if (e instanceof ApiError && what)
      throw new KubectlError(`failed to patch ${what} update to pod template ${e.message}`)
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
