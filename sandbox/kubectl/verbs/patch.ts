/** kubectl patch. */
import { deepEqual } from '../../api/formats/json.ts'
import { recording, recordPatch } from '../changes/record.ts'
import { PATCH_TYPES, type PatchType } from '../client/client.ts'
import { ApiError, KubectlError } from '../errors.ts'
import type { Kubectl } from '../kubectl.ts'
import { decodeProblem } from '../manifests/manifests.ts'
import type { Obj } from '../objects.ts'
import { isLocalPatch, LOCAL_PATCHES } from '../patch/local.ts'
import { resultPrinter } from '../print/done.ts'
import { filenameOptions, type Info, visit } from '../resources/resources.ts'

async function patchText(k: Kubectl): Promise<string> {
  const { flags } = k
  if (flags.str('patch') && flags.str('patch-file'))
    throw new KubectlError('cannot specify --patch and --patch-file together')
  let text = flags.str('patch')
  if (flags.str('patch-file')) {
    const read = await k.io.files.read(flags.str('patch-file'))
    if (read === undefined)
      throw new KubectlError(`unable to read patch file: open ${flags.str('patch-file')}: no such file or directory`)
    text = read
  }
  if (!text) throw new KubectlError('must specify --patch or --patch-file containing the contents of the patch')
  return text
}

/** YAML is made JSON; what begins as JSON goes to the server as it is, for it to refuse. */
async function asJson(text: string): Promise<string> {
  if (/^\s*\{/.test(text)) return text
  const { parseYaml } = await import('../manifests/yaml-read.ts')
  const read = parseYaml(text)
  if ('error' in read) throw new KubectlError(`unable to parse ${JSON.stringify(text)}: ${read.error}`)
  return JSON.stringify(read.value)
}

export async function run(k: Kubectl): Promise<void> {
  const { flags } = k
  const type = (flags.str('type') || 'strategic').toLowerCase()
  const dryRun = k.dryRun()
  const text = await patchText(k)
  if (flags.bool('local') && k.args.length && !flags.list('filename').length)
    throw new KubectlError('cannot specify --local and server resources')
  if (!isLocalPatch(type))
    throw new KubectlError(`--type must be one of [json merge strategic], not ${JSON.stringify(flags.str('type'))}`)
  const body = await asJson(text)
  await resultPrinter(k, false, '')
  const local = flags.bool('local')
  const subresource = flags.str('subresource') || undefined
  let count = 0
  await visit(
    k,
    {
      args: k.args,
      ...filenameOptions(flags),
      continueOnError: true,
      fetch: false,
      local,
    },
    async info => {
      count++
      const say = await resultPrinter(k, false, '')
      const client = local ? undefined : await k.client()
      if (local || dryRun === 'client') {
        const before: Obj = local
          ? info.object
          : await client!.get(info.mapping, info.namespace, info.name, { subresource })
        const after = await LOCAL_PATCHES[type](before, body)
        const problem = decodeProblem(after)
        if (problem) throw new KubectlError(problem)
        return say(after, deepEqual(before, after) ? 'patched (no change)' : 'patched')
      }
      let old: Obj | undefined
      try {
        old = await client!.get(info.mapping, info.namespace, info.name, { subresource })
      } catch (e) {
        if (!(e instanceof ApiError)) throw e
      }
      const patched = await client!
        .patch(info.mapping, info.namespace, info.name, type, body, k.writeQuery('kubectl-patch'), subresource)
        .catch(e => {
          throw notSupported(e, type, info)
        })
      const noted =
        recording(k) && dryRun === 'none'
          ? await client!.patch(info.mapping, info.namespace, info.name, 'merge', recordPatch(k))
          : patched
      await say(noted, old && deepEqual(old, patched) ? 'patched (no change)' : 'patched')
    },
  )
  if (!count) throw new KubectlError('no objects passed to patch')
}

/** A kind without merge keys takes no strategic patch. */
function notSupported(e: unknown, type: PatchType, { mapping }: Info): unknown {
  if (!(e instanceof ApiError) || e.code !== 415) return e
  return new KubectlError(
    `${PATCH_TYPES[type]} is not supported by ${mapping.group}/${mapping.version}, Kind=${mapping.kind}: ${e.message}`,
  )
}
