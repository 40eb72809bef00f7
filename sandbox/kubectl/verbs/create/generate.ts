/** The common part of all generators: one NAME, an object made of flags, sent or only shown. */
import { queryString, resourcePath } from '../../client/client.ts'
import type { Resource } from '../../client/discovery.ts'
import { notPosted } from '../../client/unreachable.ts'
import { ApiError, KubectlError } from '../../errors.ts'
import type { Kubectl } from '../../kubectl.ts'
import { typed } from '../../manifests/typed.ts'
import { groupOf, type Obj, versionOf } from '../../objects.ts'
import { resultPrinter } from '../../print/done.ts'
import { rememberingTyped } from '../apply/annotation.ts'

/** The one argument that every generator wants; the flags that all of them have are read before a generator judges its own. */
export async function oneName(k: Kubectl): Promise<string> {
  const names = k.flags.dash < 0 ? k.args : k.args.slice(0, k.flags.dash)
  if (names.length !== 1) k.usage(`exactly one NAME is required, got ${names.length}`)
  await k.client()
  k.dryRun()
  await k.namespace()
  await resultPrinter(k, 'typed')
  k.validation()
  return names[0]!
}

/** What stands after `--`. */
export const afterDash = (k: Kubectl): string[] => (k.flags.dash < 0 ? [] : k.args.slice(k.flags.dash))

export interface Generated {
  object: Obj
  namespaced: boolean
  /** How an error calls it: `deployment` in "failed to create deployment: …". Absent: the server's words stand alone. */
  noun?: string
  /** What parts it from the server's words; a colon where nothing is said. */
  colon?: string
}

export async function createGenerated(k: Kubectl, { object, namespaced, noun, colon = ':' }: Generated): Promise<void> {
  const { flags } = k
  const dryRun = k.dryRun()
  k.validation()
  let draft = object
  const enforced = await k.namespaceEnforced()
  if (namespaced && (enforced || dryRun !== 'client')) {
    const namespace = await k.namespace()
    if (enforced) draft = { ...draft, metadata: { name: draft.metadata.name, namespace, ...draft.metadata } }
  }
  if (flags.has('save-config') && flags.bool('save-config')) draft = await rememberingTyped(draft)
  const say = await resultPrinter(k, 'typed')
  if (dryRun === 'client') return say(draft, 'created')
  const path = resourcePath(resourceOf(draft, namespaced), namespaced ? await k.namespace() : '')
  const query = k.writeQuery('kubectl-create')
  try {
    const made = await (await k.client()).json('POST', path, { body: draft, query })
    await say(typed(made), 'created')
  } catch (e) {
    if (!noun) throw e
    const failed = `failed to create ${noun}${colon}`
    if (e instanceof ApiError) throw new KubectlError(`${failed} ${e.message}`)
    throw await notPosted(failed, path + queryString(query))(k, e)
  }
}

/** Where objects of a kind are: what a verb makes itself needs no word of the server's about that. */
function resourceOf({ apiVersion, kind }: Obj, namespaced: boolean): Resource {
  const name = kind.toLowerCase()
  const plural = name.endsWith('s') ? `${name}es` : name.endsWith('y') ? `${name.slice(0, -1)}ies` : `${name}s`
  return { group: groupOf(apiVersion), version: versionOf(apiVersion), plural, namespaced }
}

/** Metadata of a new object, as Go prints an empty creation time. */
export const newMeta = (name: string, rest: Obj = {}): Obj => ({ name, creationTimestamp: null, ...rest })

export const splitPair = (text: string): [string, string] => {
  const at = text.indexOf('=')
  return [text.slice(0, at), text.slice(at + 1)]
}
