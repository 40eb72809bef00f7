/** kubectl edit: an object as a file in the editor, and back; mistakes are shown at the top of the next try. */
import { deepEqual } from '../../api/json.ts'
import { ApiError, KubectlError, throwAll } from '../errors.ts'
import type { Kubectl } from '../kubectl.ts'
import { documents } from '../manifests.ts'
import { isList, type Obj } from '../objects.ts'
import { mergePatch } from '../patch/merge-patch.ts'
import { isBuiltIn, twoWayPatch } from '../patch/strategic-diff.ts'
import { sayDone } from '../print/done.ts'
import { toJson } from '../print/json.ts'
import { withoutManagedFields } from '../print/printer.ts'
import { toYaml } from '../print/yaml.ts'
import { type Info, infos, MISSING_RESOURCE, qualifiedPlural } from '../resources.ts'
import { LAST_APPLIED, withLastApplied } from './apply/annotation.ts'

const INTRODUCTION = `# Please edit the object below. Lines beginning with a '#' will be ignored,
# and an empty file will abort the edit. If an error occurs while saving this file will be
# reopened with the relevant failures.
#
`

export async function run(k: Kubectl): Promise<void> {
  const { flags } = k
  const output = flags.str('output') || 'yaml'
  if (output !== 'yaml' && output !== 'json') k.usage(`The flag 'output' must be one of yaml|json`)
  const files = flags.list('filename')
  if (!k.args.length && !files.length && !flags.str('kustomize')) throw new KubectlError(MISSING_RESOURCE)
  const found = await infos(k, {
    args: k.args,
    filenames: files,
    kustomize: flags.str('kustomize'),
    recursive: flags.bool('recursive'),
    allowEmptySelector: true,
    continueOnError: true,
    latest: true,
    subresource: flags.str('subresource'),
  })
  throwAll(found.errors)
  if (!found.infos.length) throw new KubectlError('edit cancelled, no objects found')
  const print = (o: Obj): string => (output === 'json' ? `${toJson(o, { indent: '    ' })}\n` : toYaml(o))
  const originals = found.infos.map(i =>
    flags.bool('show-managed-fields') ? i.object : withoutManagedFields(i.object),
  )
  const shown =
    originals.length === 1 ? originals[0] : { apiVersion: 'v1', items: originals, kind: 'List', metadata: {} }
  const original = print(shown)
  let text = original
  let complaints: string[] = []
  let failed = false
  for (;;) {
    const header = INTRODUCTION + complaints.map(c => `${c}\n`).join('') + (complaints.length ? '#\n' : '')
    const path = `${k.io.env.TMPDIR ?? '/tmp'}/kubectl-edit-${k.io.random(10)}.${output}`
    const opened = header + text
    const edited = await open(k, path, opened)
    const body = withoutComments(edited)
    const unchanged = body === withoutComments(text)
    if (failed && (edited === opened || unchanged))
      return preserve(k, path, edited, 'Edit cancelled, no valid changes were saved.')
    if (!failed && body === withoutComments(original)) {
      await k.io.files.remove(path)
      await k.err('Edit cancelled, no changes made.\n')
      return
    }
    if (!body.trim()) {
      await k.io.files.remove(path)
      await k.err('Edit cancelled, saved file was empty.\n')
      return
    }
    text = body
    const read = await documents(body)
    const bad = read.find(d => 'error' in d) as { error: string } | undefined
    if (bad || !read.length) {
      complaints = [`# The edited file had a syntax error: ${bad?.error ?? 'no object'}`]
      failed = true
      await k.io.files.remove(path)
      continue
    }
    const objects = read.flatMap(d => ('object' in d ? (isList(d.object) ? d.object.items : [d.object]) : []))
    const problems = await save(k, found.infos, originals, objects, path, edited)
    if (!problems.length) {
      await k.io.files.remove(path)
      return
    }
    complaints = problems
    failed = true
  }
}

async function open(k: Kubectl, path: string, text: string): Promise<string> {
  try {
    return (await k.io.edit(path, text)) ?? text
  } catch (e) {
    throw new KubectlError((e as Error).message)
  }
}

const withoutComments = (text: string): string => text.replace(/^#.*\n?/gm, '')

async function preserve(k: Kubectl, path: string, text: string, words: string): Promise<never> {
  await k.io.files.write(path, text, 0o600)
  await k.err(`A copy of your changes has been stored to ${JSON.stringify(path)}\n`)
  throw new KubectlError(words)
}

/** @returns lines of comment for what was refused */
async function save(
  k: Kubectl,
  targets: readonly Info[],
  originals: readonly Obj[],
  objects: readonly Obj[],
  path: string,
  edited: string,
): Promise<string[]> {
  const say = await sayDone(k)
  const client = await k.client()
  const complaints: string[] = []
  for (const [i, info] of targets.entries()) {
    const before = originals[i]!
    const after = objects.find(
      o => o.metadata?.name === info.name && o.kind === before.kind && o.apiVersion === before.apiVersion,
    )
    if (!after) return preserve(k, path, edited, 'At least one of apiVersion, kind and name was changed')
    if (deepEqual(before, after)) {
      await k.out(
        `${info.mapping.kind.toLowerCase()}${info.mapping.group ? `.${info.mapping.group}` : ''}/${info.name} skipped\n`,
      )
      continue
    }
    const target =
      k.flags.bool('save-config') || after.metadata.annotations?.[LAST_APPLIED] ? rememberIfApplied(k, after) : after
    const builtIn = isBuiltIn(info.mapping.group)
    const patch = builtIn ? twoWayPatch(info.mapping.kind, before, target) : mergePatch(before, target)
    try {
      const changed = await client.patch(
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
      if (!(e instanceof ApiError)) throw e
      complaints.push(...(await refused(k, info, e)))
    }
  }
  return complaints
}

const rememberIfApplied = (k: Kubectl, object: Obj): Obj =>
  k.flags.bool('save-config') ? withLastApplied(object) : object

async function refused(k: Kubectl, info: Info, e: ApiError): Promise<string[]> {
  const name = `${qualifiedPlural(info.mapping)} ${JSON.stringify(info.name)}`
  if (e.reason === 'Invalid') {
    await k.err(`error: ${name} is invalid\n`)
    const causes = e.status.details?.causes ?? []
    return [
      `# ${name} was not valid:`,
      ...(causes.length ? causes.map(c => `# * ${c.field}: ${c.message}`) : [`# * ${e.message}`]),
    ]
  }
  if (e.reason === 'NotFound') {
    await k.err(`error: ${name} could not be found on the server\n`)
    return [`# ${name} was not found on the server`]
  }
  await k.err(`error: ${name} could not be patched: ${e.message}\n`)
  return [`# ${name} could not be patched: ${e.message}`]
}
