/** An object as kubectl holds it once it has decoded it into a type of Go: without what that type does not know. */
import { goQuote } from '../../api/formats/go-escapes.ts'
import { KubectlError } from '../errors.ts'
import { groupOf, isRecord, type Obj, versionOf } from '../objects.ts'
import { goKind, headProblem } from './manifests.ts'
import { typed } from './typed.ts'

const HEAD = 'struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }'

/** @throws KubectlError in the words of Go's decoder */
export async function decoded(object: Obj): Promise<Obj> {
  const problem = isRecord(object)
    ? headProblem(object)
    : `couldn't get version/kind; json parse error: json: cannot unmarshal ${goKind(object)} into Go value of type ${HEAD}`
  if (problem) throw new KubectlError(problem)
  const { apiVersion = '', kind = '' } = object
  if (apiVersion.split('/').length > 2) throw new KubectlError(`unexpected GroupVersion string: ${apiVersion}`)
  const { schemaOf } = await import('../../api/schema/index.ts')
  const { DecodeError, decode } = await import('../../api/schema/decode.ts')
  const type = schemaOf({ group: groupOf(apiVersion), version: versionOf(apiVersion), kind })
  if (!type)
    throw new KubectlError(
      `no kind ${goQuote(kind)} is registered for version ${goQuote(apiVersion)} in scheme "pkg/scheme/scheme.go:28"`,
    )
  try {
    return typed(decode(type, object).object)
  } catch (e) {
    throw e instanceof DecodeError ? new KubectlError(e.message) : e
  }
}
