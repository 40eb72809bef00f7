/** kubectl edit: objects as a file in the editor, and what was changed sent back as a patch. */

import { toJson } from '../../api/formats/go-json.ts'
import { deepEqual } from '../../api/formats/json.ts'
import { edit, refused, type Verdict } from '../changes/editing.ts'
import { recorded } from '../changes/record.ts'
import { KubectlError, throwAll } from '../errors.ts'
import type { Kubectl } from '../kubectl.ts'
import type { Obj } from '../objects.ts'
import { mergePatch } from '../patch/merge-patch.ts'
import { isBuiltIn, twoWayPatch } from '../patch/strategic-diff.ts'
import { resultPrinter } from '../print/done.ts'
import { goDump, withoutManagedFields } from '../print/printer.ts'
import { filenameOptions, type Info, infos, MISSING_RESOURCE, nameOf } from '../resources/resources.ts'
import { withLastApplied } from './apply/annotation.ts'

export async function run(k: Kubectl): Promise<void> {
  const { flags } = k
  const output = flags.str('output') || 'yaml'
  k.validation()
  const files = flags.list('filename')
  if (!k.args.length && !files.length && !flags.str('kustomize')) throw new KubectlError(MISSING_RESOURCE)
  const found = await infos(k, {
    args: k.args,
    ...filenameOptions(flags),
    allowEmptySelector: true,
    continueOnError: true,
    latest: true,
    subresource: flags.str('subresource'),
  })
  throwAll(found.errors)
  if (output !== 'yaml' && output !== 'json')
    throw new KubectlError(
      `unable to match a printer suitable for the output format ${JSON.stringify(output)}, allowed formats are: json,yaml`,
    )
  if (!found.infos.length) throw new KubectlError('edit cancelled, no objects found')
  await edit(k, { infos: found.infos, take: edited => patchAll(k, found.infos, edited) })
}

const CHANGED_IDENTITY = 'At least one of apiVersion, kind and name was changed'

async function patchAll(k: Kubectl, originals: readonly Info[], edited: readonly Info[]): Promise<Verdict> {
  const say = await resultPrinter(k)
  const verdicts: Verdict[] = []
  for (const { object } of edited) {
    const info = originals.find(o => o.object.metadata.uid === object.metadata?.uid)
    if (!info)
      throw new KubectlError(`no original object found for &unstructured.Unstructured{Object:${goDump(object)}}`)
    const before = k.flags.bool('show-managed-fields') ? info.object : withoutManagedFields(info.object)
    const after: Obj = recorded(k, k.flags.bool('save-config') ? withLastApplied(object) : object)
    if (deepEqual(before, after)) {
      await k.out(`${nameOf(info)} skipped\n`)
      continue
    }
    if (after.kind !== before.kind || after.apiVersion !== before.apiVersion || after.metadata.name !== info.name)
      throw new KubectlError(CHANGED_IDENTITY)
    const builtIn = isBuiltIn(info.mapping.group)
    const patch = builtIn ? twoWayPatch(info.mapping.kind, before, after) : mergePatch(before, after)
    if (k.flags.bool('output-patch')) await k.out(`Patch: ${toJson(patch)}\n`)
    try {
      const changed = await (await k.client()).patch(
        info.mapping,
        info.namespace,
        info.name,
        builtIn ? 'strategic' : 'merge',
        patch,
        k.writeQuery('kubectl-edit'),
        k.flags.str('subresource') || undefined,
      )
      await say(changed, 'edited')
    } catch (e) {
      verdicts.push(await refused(k, info, e))
    }
  }
  const lost = verdicts.find(v => v.lost === 'retry')?.lost ?? verdicts.find(v => v.lost)?.lost
  return { complaints: verdicts.flatMap(v => v.complaints), ...(lost && { lost }) }
}
