/** Objects of manifests: each with its resource and its namespace, or with why it has none. */
import { goQuote } from '../../api/formats/go-escapes.ts'
import { matches } from '../../api/requests/selectors.ts'
import { type Mapping, NoMatch } from '../client/discovery.ts'
import { NotValidated, notRecognized, notValidated } from '../client/unreachable.ts'
import { KubectlError, ListErrors } from '../errors.ts'
import type { Kubectl } from '../kubectl.ts'
import { decodeProblem, documents, validationProblem } from '../manifests/manifests.ts'
import { isList, type Obj, textOf } from '../objects.ts'
import { readSelector } from '../pods/selectors.ts'
import type { Found, Info, Wanted } from './wanted.ts'

export async function* fromFile(
  k: Kubectl,
  file: { name: string; load: () => Promise<string> },
  wanted: Wanted,
  namespace: string,
  requirements?: ReturnType<typeof readSelector>,
): AsyncGenerator<Found> {
  for (const document of await documents(await file.load())) {
    if ('error' in document) throw new KubectlError(`error parsing ${file.name}: ${document.error}`)
    if (wanted.validate) {
      const problem = validationProblem(document.object)
      if (problem)
        throw new KubectlError(
          `error validating ${goQuote(file.name)}: error validating data: ${problem}; if you choose to ignore these errors, turn validation off with --validate=false`,
        )
    }
    const inList = wanted.flatten !== false && isList(document.object)
    const objects: Obj[] = inList ? document.object.items : [document.object]
    const errors: Error[] = []
    for (const object of objects) {
      try {
        const info = await infoOf(k, object, file.name, wanted, namespace)
        if (!requirements || matches(requirements, info.object!.metadata?.labels)) yield { info }
      } catch (e) {
        // Without its schema nothing of a file is looked at.
        if (e instanceof NotValidated) throw e
        if (inList) errors.push(e as Error)
        else yield { error: e as Error }
      }
    }
    // What went wrong with what a list holds is one error.
    if (errors.length) yield { error: new ListErrors(errors) }
  }
}

export function selectorOfFiles(text: string): ReturnType<typeof readSelector> {
  try {
    return readSelector(text)
  } catch (e) {
    throw new KubectlError(`the provided selector ${goQuote(text)} is not valid: ${(e as Error).message}`)
  }
}

async function infoOf(k: Kubectl, object: Obj, source: string, wanted: Wanted, namespace: string): Promise<Info> {
  const problem = decodeProblem(object)
  if (problem) throw new KubectlError(`unable to decode ${goQuote(source)}: ${problem}`)
  const name = textOf(object.metadata?.name)
  const own = textOf(object.metadata?.namespace)
  const mapping = wanted.local ? localMapping(object) : await recognize(k, object, source, wanted, name, own)
  const info: Info = { mapping, namespace: '', name, source, object }
  if (mapping.namespaced) {
    if (own && !wanted.local && (await k.namespaceEnforced()) && own !== namespace && namespace)
      throw new KubectlError(
        `the namespace from the provided object ${goQuote(own)} does not match the namespace ${goQuote(namespace)}. You must pass '--namespace=${own}' to perform this operation.`,
      )
    info.namespace = own || namespace || ''
    if (!own && info.namespace && !wanted.local && !wanted.asWritten)
      info.object = { ...object, metadata: { ...object.metadata, namespace: info.namespace } }
  } else if (own) {
    const { namespace: _dropped, ...metadata } = object.metadata
    info.object = { ...object, metadata }
  }
  if (wanted.latest && !wanted.local) {
    if (!name) throw new KubectlError('resource name may not be empty')
    if (mapping.namespaced && !info.namespace)
      throw new KubectlError(
        `no namespace set on resource ${mapping.group}/${mapping.version}, Resource=${mapping.plural} ${goQuote(name)}`,
      )
    const client = await k.client()
    info.object = await client.getInNamespace(mapping, info.namespace, name, wanted.request)
  }
  return info
}

async function recognize(
  k: Kubectl,
  object: Obj,
  source: string,
  { validate }: Wanted,
  name: string,
  namespace: string,
): Promise<Mapping> {
  try {
    const discovery = await k.discovery(validate ? 0 : 1)
    return kindAnyCase(discovery.mappings, object) ?? (await k.kind(textOf(object.apiVersion), object.kind))
  } catch (e) {
    if (!(e instanceof NoMatch)) throw await (validate ? notValidated(source) : notRecognized(source))(k, e)
    throw new KubectlError(
      `resource mapping not found for name: ${goQuote(name)} namespace: ${goQuote(namespace)} from ${goQuote(source)}: ${e.message}\nensure CRDs are installed first`,
    )
  }
}

/** A kind written in lower case is found all the same; the server then refuses it. */
const kindAnyCase = (mappings: readonly Mapping[], object: Obj): Mapping | undefined =>
  object.kind === String(object.kind).toLowerCase()
    ? mappings.find(
        m =>
          m.kind.toLowerCase() === object.kind &&
          (m.group ? `${m.group}/${m.version}` : m.version) === object.apiVersion,
      )
    : undefined

function localMapping(object: Obj): Mapping {
  const apiVersion: string = object.apiVersion ?? ''
  const kind: string = object.kind
  const slash = apiVersion.indexOf('/')
  return {
    group: slash < 0 ? '' : apiVersion.slice(0, slash),
    version: apiVersion.slice(slash + 1),
    kind,
    plural: `${kind.toLowerCase()}s`,
    singular: kind.toLowerCase(),
    shortNames: [],
    categories: [],
    verbs: [],
    namespaced: true,
    subresources: [],
  }
}

/** The objects of an edited text, each with its place; the first that has none is thrown. */
export async function infosOf(k: Kubectl, text: string, source: string): Promise<Info[]> {
  const namespace = await k.namespace()
  const found: Info[] = []
  for await (const one of fromFile(k, { name: source, load: async () => text }, {}, namespace)) {
    if ('error' in one) throw one.error
    found.push(one.info)
  }
  return found
}
