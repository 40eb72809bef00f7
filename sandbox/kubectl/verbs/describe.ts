/** kubectl describe. */

import { describeEvents, eventsOf } from '../describe/events.ts'
import { type DescribeContext, describerFor } from '../describe/index.ts'
import { Writer } from '../describe/writer.ts'
import { ApiError, isNotFound, KubectlError, throwAll } from '../errors.ts'
import type { Kubectl } from '../kubectl.ts'
import type { Obj } from '../objects.ts'
import { filenameOptions, type Info, infos, type Wanted } from '../resources/resources.ts'

export async function run(k: Kubectl): Promise<void> {
  const { flags } = k
  const files = flags.list('filename')
  if (!k.args.length && !files.length && !flags.str('kustomize'))
    throw new KubectlError(
      'You must specify the type of resource to describe. Use "kubectl api-resources" for a complete list of supported resources.',
    )
  const wanted: Wanted = {
    args: k.args,
    ...filenameOptions(flags),
    selector: flags.str('selector'),
    allNamespaces: flags.bool('all-namespaces'),
    allowEmptySelector: true,
    continueOnError: true,
    latest: true,
    chunkSize: flags.num('chunk-size'),
  }
  const found = await infos(k, wanted)
  if (found.errors.length && k.args.length === 2 && found.errors.every(isNotFound))
    return describeByPrefix(k, found.errors)
  const errors: Error[] = [...found.errors]
  let first = true
  for (const info of found.infos) {
    try {
      const text = await describeObject(k, info)
      await k.out(first ? text : `\n\n${text}`)
      first = false
    } catch (e) {
      errors.push(e as Error)
    }
  }
  if (!found.infos.length && !errors.length)
    await k.err(
      flags.bool('all-namespaces')
        ? 'No resources found\n'
        : `No resources found in ${await k.namespace()} namespace.\n`,
    )
  throwAll(errors)
}

/** `describe pod web-` tells of all whose names begin so, each followed by an empty line. */
async function describeByPrefix(k: Kubectl, errors: readonly Error[]): Promise<void> {
  const [type, prefix] = k.args as [string, string]
  const all = await infos(k, { args: [type], allowEmptySelector: true, latest: true })
  const fitting = all.infos.filter(i => i.name.startsWith(prefix))
  if (!fitting.length) throwAll(errors)
  for (const info of fitting) await k.out(`${await describeObject(k, info)}\n`)
}

async function describeObject(k: Kubectl, info: Info): Promise<string> {
  const w = new Writer()
  const now = k.now()
  const showEvents = k.flags.bool('show-events')
  const context: DescribeContext = {
    k,
    now,
    async events(...names) {
      if (!showEvents) return
      const events: Obj[] = []
      for (const object of names)
        events.push(...(await eventsOf(k, { ...object, kind: info.mapping.kind }).catch(() => [])))
      describeEvents(w, events, now)
    },
    async list(resource, namespace, labelSelector, fieldSelector) {
      try {
        const mapping = await k.resource(resource)
        return (
          await (await k.client()).list(mapping, namespace, { query: { labelSelector, fieldSelector, limit: 500 } })
        ).items
      } catch (e) {
        if (e instanceof ApiError || e instanceof KubectlError) return []
        throw e
      }
    },
  }
  const { describe } = await describerFor(info.mapping.kind, info.mapping.group)()
  await describe(w, { ...info.object, kind: info.mapping.kind }, context)
  return w.text()
}
