/** A patch that kubectl applies itself, for --dry-run=client, --local and --overrides: in the words of the libraries that do it there. */
import { clone } from '../../api/formats/json.ts'
import { StatusError } from '../../api/status.ts'
import { KubectlError } from '../errors.ts'
import { groupOf, isRecord, type Obj, versionOf } from '../objects.ts'

function parsed(text: string, problem: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new KubectlError(problem)
  }
}

export const LOCAL_PATCHES: Readonly<
  Record<'json' | 'merge' | 'strategic', (object: Obj, patch: string) => Promise<Obj>>
> = {
  async json(object, text) {
    const { applyOperations, Misfit } = await import('../../api/patch/json-patch.ts')
    const { JsonError, readJson } = await import('../../api/formats/json-reader.ts')
    try {
      return applyOperations(clone(object), readJson(text).value)
    } catch (e) {
      throw e instanceof Misfit || e instanceof JsonError ? new KubectlError(e.message) : e
    }
  },
  async merge(object, text) {
    const problem = 'Invalid JSON Patch'
    const patch = parsed(text, problem)
    if (typeof patch !== 'object' || patch === null) throw new KubectlError(problem)
    const { mergePatch } = await import('../../api/patch/merge.ts')
    return mergePatch(object, patch)
  },
  async strategic(object, text) {
    const problem = 'invalid JSON document'
    const patch = parsed(text, problem)
    if (patch !== null && !isRecord(patch)) throw new KubectlError(problem)
    const { schemaOf } = await import('../../api/schema/index.ts')
    const { strategicPatch } = await import('../../api/patch/strategic.ts')
    const { apiVersion, kind } = object
    const type = schemaOf({ group: groupOf(apiVersion), version: versionOf(apiVersion), kind })
    try {
      return strategicPatch(type, clone(object), patch ?? {})
    } catch (e) {
      throw e instanceof StatusError ? new KubectlError(e.message) : e
    }
  },
}

export const isLocalPatch = (type: string): type is keyof typeof LOCAL_PATCHES => Object.hasOwn(LOCAL_PATCHES, type)
