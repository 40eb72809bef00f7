/** The edit loop: opens objects in the editor, again and again until what comes back is accepted or given up. */

import { goQuote } from '../../api/formats/go-escapes.ts'
import { toJson } from '../../api/formats/go-json.ts'
import { toYaml } from '../../api/formats/go-yaml.ts'
import { qualifiedPlural } from '../client/discovery.ts'
import { ApiError, Exit, KubectlError } from '../errors.ts'
import { randomDigits } from '../io.ts'
import type { Kubectl } from '../kubectl.ts'
import { documents, validationProblem } from '../manifests/manifests.ts'
import { isList } from '../objects.ts'
import { withoutManagedFields } from '../print/printer.ts'
import { infosOf } from '../resources/from-files.ts'
import type { Info } from '../resources/resources.ts'

const OBJECT = `# Please edit the object below. Lines beginning with a '#' will be ignored,
# and an empty file will abort the edit. If an error occurs while saving this file will be
# reopened with the relevant failures.
#
`
const LAST_APPLIED = `# Please edit the 'last-applied-configuration' annotations below.
# Lines beginning with a '#' will be ignored, and an empty file will abort the edit.
#
`

/** What the server said of an edited object: complaints stand at the top of the next try. */
export interface Verdict {
  complaints: readonly string[]
  /** The object was gone, or another failure that no further editing mends. */
  lost?: 'retry' | 'gone'
}

export interface EditSession {
  infos: readonly Info[]
  about?: 'object' | 'last-applied'
  /** Takes what was edited; a failure that is thrown ends the session, and the file is kept. */
  take(edited: readonly Info[]): Promise<Verdict>
}

const withoutComments = (text: string): string => text.replace(/^[ \t]*#.*\n?/gm, '')

/** Two texts that say the same, however they are written. */
async function sameContent(a: string, b: string): Promise<boolean> {
  const [x, y] = [withoutComments(a), withoutComments(b)]
  if (x === y) return true
  const [read, other] = [await documents(x), await documents(y)]
  if ([...read, ...other].some(d => 'error' in d)) return false
  return toJson(read) === toJson(other)
}

async function open(k: Kubectl, path: string, text: string): Promise<string> {
  try {
    return (await k.io.edit(path, text)) ?? text
  } catch (e) {
    throw new KubectlError((e as Error).message)
  }
}

const asText = (k: Kubectl, format: 'yaml' | 'json', infos: readonly Info[]): string => {
  const objects = infos.map(i => (k.flags.bool('show-managed-fields') ? i.object : withoutManagedFields(i.object)))
  const shown = objects.length === 1 ? objects[0] : { apiVersion: 'v1', items: objects, kind: 'List', metadata: {} }
  return format === 'json' ? `${toJson(shown, { indent: '    ' })}\n` : toYaml(shown)
}

/** The reason for which a text is no object, before anybody is asked about its fields. */
async function flaw(text: string): Promise<string | undefined> {
  for (const document of await documents(withoutComments(text))) {
    if ('error' in document) return document.error.replace(/^error converting YAML to JSON: /, '')
    const problem = (isList(document.object) ? document.object.items : [document.object])
      .map(validationProblem)
      .find((p: string | undefined) => p)
    if (problem) return problem
  }
  return undefined
}

type Examined = { cancelled: string } | { complaints: readonly string[] } | { objects: Info[] }

/** The objects of an edited text, or why there is nothing to send to the server. */
async function examine(k: Kubectl, original: string, text: string, { mapping, name }: Info): Promise<Examined> {
  const isEmpty = !withoutComments(text).trim()
  const problem = isEmpty ? undefined : await flaw(text)
  if (problem) {
    const object = `${qualifiedPlural(mapping)} ${goQuote(name)}`
    await k.err(`error: ${object} is invalid\n`)
    const why = `"The edited file failed validation": ${hashed(problem)}`
    return { complaints: [`# ${object} was not valid:\n# * <nil>: Invalid value: ${why}`] }
  }
  if (await sameContent(original, text)) return { cancelled: 'Edit cancelled, no changes made.\n' }
  if (isEmpty) return { cancelled: 'Edit cancelled, saved file was empty.\n' }
  try {
    return { objects: await infosOf(k, withoutComments(text), 'edited-file') }
  } catch (e) {
    return { complaints: [`# The edited file had a syntax error: ${hashed((e as Error).message)}`] }
  }
}

/** Opens the editor until what comes back is accepted or given up. */
export async function edit(k: Kubectl, session: EditSession): Promise<void> {
  const { infos } = session
  const format = k.flags.str('output') === 'json' ? 'json' : 'yaml'
  const windows = k.flags.bool('windows-line-endings')
  const introduction = session.about === 'last-applied' ? LAST_APPLIED : OBJECT
  const original = asText(k, format, infos)
  let complaints: readonly string[] = []
  /** The last try; undefined as long as nothing was wrong. */
  let failed: string | undefined
  /** Where the last try is kept. */
  let kept: string | undefined
  const giveUp = async (error: Error, path: string | undefined): Promise<never> => {
    if (path) await k.err(`A copy of your changes has been stored to ${goQuote(path)}\n`)
    throw error
  }
  for (;;) {
    const header = format === 'json' ? '' : introduction + complaints.map(c => `${c}\n#\n`).join('')
    const opened = header + (failed === undefined ? original : withoutComments(failed))
    const path = `${k.io.env.TMPDIR ?? '/tmp'}/kubectl-edit-${randomDigits(k.io)}.${format}`
    let edited: string
    try {
      edited = await open(k, path, windows ? opened.replace(/\n/g, '\r\n') : opened)
    } catch (e) {
      await k.io.files.remove(path)
      return giveUp(e as Error, kept)
    }
    const text = edited.replace(/\r\n/g, '\n')
    const keep = async (): Promise<string> => {
      await k.io.files.write(path, edited, 0o600)
      return path
    }
    if (failed !== undefined && (await sameContent(failed, text)))
      return giveUp(new KubectlError('Edit cancelled, no valid changes were saved.'), await keep())
    if (kept) await k.io.files.remove(kept)
    kept = undefined
    const examined = await examine(k, original, text, infos[0]!)
    if ('cancelled' in examined) {
      await k.io.files.remove(path)
      await k.err(examined.cancelled)
      return
    }
    if ('complaints' in examined) complaints = examined.complaints
    else {
      let verdict: Verdict
      try {
        verdict = await session.take(examined.objects)
      } catch (e) {
        return giveUp(e as Error, await keep())
      }
      if (verdict.lost) {
        await keep()
        return reportLost(k, verdict.lost, path)
      }
      if (!verdict.complaints.length) return k.io.files.remove(path)
      complaints = verdict.complaints
    }
    failed = text
    kept = await keep()
  }
}

async function reportLost(k: Kubectl, how: 'retry' | 'gone', path: string): Promise<never> {
  await k.err(
    how === 'retry'
      ? `You can run \`kubectl replace -f ${path}\` to try this update again.\n`
      : `The edits you made on deleted resources have been saved to ${goQuote(path)}\n`,
  )
  throw new Exit(1)
}

/** A message of several lines, every one a comment. */
const hashed = (text: string): string => text.replace(/\n(?=[^#])/g, '\n# ')

/** Says why the server refused an edited object, and whether another try makes sense. */
export async function refused(k: Kubectl, info: Info, error: unknown): Promise<Verdict> {
  if (!(error instanceof ApiError)) throw error
  const name = `${qualifiedPlural(info.mapping)} ${goQuote(info.name)}`
  if (error.reason === 'Invalid') {
    await k.err(`error: ${name} is invalid\n`)
    const causes = error.status.details?.causes ?? []
    const lines = causes.map(c => `# * ${hashed(`${c.field}: ${c.message}`)}`)
    return { complaints: [[`# ${name} was not valid${lines.length ? ':' : ''}`, ...lines].join('\n')] }
  }
  if (error.reason === 'NotFound') {
    await k.err(`error: ${name} could not be found on the server\n`)
    return { complaints: [], lost: 'gone' }
  }
  await k.err(`error: ${name} could not be patched: ${error.message}\n`)
  return { complaints: [], lost: 'retry' }
}
