/** Common to the rollout verbs: the kinds that they accept, and how they report each object. */

import { toJson } from '../../../api/formats/go-json.ts'
import { qualifiedPlural } from '../../client/discovery.ts'
import { ApiError, KubectlError } from '../../errors.ts'
import type { Kubectl } from '../../kubectl.ts'
import type { Obj } from '../../objects.ts'
import { resultPrinter } from '../../print/done.ts'
import { filenameOptions, type Info, visit, type Wanted } from '../../resources/resources.ts'

export function wantedOf(k: Kubectl): Wanted {
  const { flags } = k
  if (!k.args.length && !flags.list('filename').length && !flags.str('kustomize'))
    throw new KubectlError('required resource not specified')
  return {
    args: k.args,
    ...filenameOptions(flags),
    selector: flags.has('selector') ? flags.str('selector') : '',
    allowEmptySelector: true,
    continueOnError: true,
    latest: true,
  }
}

/** Changes each object by a strategic patch, and says what was done. */
export async function patchEach(
  k: Kubectl,
  done: string,
  manager: string,
  patchOf: (info: Info) => Obj | Promise<Obj>,
): Promise<void> {
  const say = await resultPrinter(k, 'typed')
  const count = await visit(k, wantedOf(k), async info => {
    const patch = await patchOf(info)
    const client = await k.client()
    const query = { fieldManager: k.flags.str('field-manager') || manager }
    const changed = await client
      .patch(info.mapping, info.namespace, info.name, 'strategic', toJson(patch), query)
      .catch(e => {
        throw e instanceof ApiError ? new KubectlError(`failed to patch: ${e.message}`) : e
      })
    await say(changed, done)
  })
  if (!count) await k.err(`No resources found in ${await k.namespace()} namespace.\n`)
}

/** `error: deployments.apps "web" …`, which stands so before each, also where several are told. */
export const refusal = (info: Info, words: string): KubectlError =>
  new KubectlError(`error: ${qualifiedPlural(info.mapping)} ${JSON.stringify(info.name)} ${words}`)
