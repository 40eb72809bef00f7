/** The resource builder: from arguments and files to objects. Errors are reported at the end, after what was found. */
import { goQuote } from '../../api/formats/go-escapes.ts'
import { type Discovery, type Mapping, qualifiedPlural } from '../client/discovery.ts'
import type { Flags } from '../command/flags.ts'
import { Aggregate, KubectlError, throwAll } from '../errors.ts'
import type { Kubectl } from '../kubectl.ts'
import { manifestPaths } from '../manifests/manifests.ts'
import type { Obj } from '../objects.ts'
import { fromFile, selectorOfFiles } from './from-files.ts'
import type { Found, Info, Wanted } from './wanted.ts'

export type { Info, Wanted }

const usage = (words: string): never => {
  throw new KubectlError(words)
}

export const MISSING_RESOURCE = `You must provide one or more resources by argument or filename.
Example resource specifications include:
   '-f rsrc.yaml'
   '--filename=rsrc.json'
   '<resource> <name>'
   '<resource>'`

const LOCAL_NEEDS_FILES = `you must specify resources by --filename when --local is set.
Example resource specifications include:
   '-f rsrc.yaml'
   '--filename=rsrc.json'`

interface Parsed {
  types: string[]
  names: string[]
  pairs: { type: string; name: string }[]
}

function parseArgs(k: Kubectl, args: readonly string[]): Parsed {
  const withSlash = args.filter(a => a.includes('/')).length
  if (!withSlash)
    return { types: args.length ? [...new Set(args[0]!.split(','))] : [], names: args.slice(1), pairs: [] }
  if (withSlash !== args.length)
    usage(
      `there is no need to specify a resource type as a separate argument when passing arguments in resource/name form (e.g. '${k.program} get resource/<resource_name>' instead of '${k.program} get resource resource/<resource_name>'`,
    )
  const pairs = args.map(arg => {
    const parts = arg.split('/')
    if (parts.length !== 2) usage('arguments in resource/name form may not have more than one slash')
    const [type, name] = parts as [string, string]
    if (!type || !name || type.includes(','))
      usage('arguments in resource/name form must have a single resource and name')
    return { type, name }
  })
  return { types: [], names: [], pairs }
}

/** Words of which those that name no type are of this one. */
export const namesOf = (type: string, words: readonly string[]): string[] =>
  words.map(word => (word.includes('/') ? word : `${type}/${word}`))

/** The types of a command line, categories replaced by their members. */
async function typesOf(k: Kubectl, words: readonly string[]): Promise<Mapping[]> {
  const discovery = await k.discovery(words.length + 4)
  const out: Mapping[] = []
  for (const word of words) {
    await warnOfShortName(k, discovery, word)
    for (const m of discovery.category(word) ?? [await k.resource(word)]) if (!out.includes(m)) out.push(m)
  }
  return out
}

async function warnOfShortName(k: Kubectl, discovery: Discovery, word: string): Promise<void> {
  const other = discovery.ambiguous(word)
  if (other)
    await k.warn(`short name ${goQuote(word)} could also match lower priority resource ${qualifiedPlural(other)}`)
}

/** Where to look for each; calling one yields what is there. */
type Place = () => AsyncGenerator<Found>

/** Whether exactly one object was meant, as `get` and `edit` want to know. */
export interface Plan {
  places: Place[]
  single: boolean
  targetsItems: boolean
}

/** @throws KubectlError when arguments and flags do not go together, in the words of kubectl's resource builder */
export async function plan(k: Kubectl, wanted: Wanted): Promise<Plan> {
  const { args = [], filenames = [], kustomize } = wanted
  if (wanted.local && args.length) usage(LOCAL_NEEDS_FILES)
  const parsed = parseArgs(k, args)
  const selecting = wanted.all || !!wanted.selector || !!wanted.fieldSelector
  if (wanted.all && wanted.selector)
    usage(
      "setting 'all' parameter and 'selector' parameter is not allowed: found non empty label selector " +
        goQuote(wanted.selector) +
        " with 'all' set to true",
    )
  const namespace = wanted.allNamespaces ? '' : wanted.local ? await k.namespaceOrDefault() : await k.namespace()
  if (filenames.length || kustomize) return planFiles(k, wanted, parsed, namespace)
  if (selecting || (parsed.types.length && !parsed.names.length && wanted.allowEmptySelector))
    return planSelected(k, wanted, parsed, namespace)
  if (parsed.pairs.length) return planNamed(k, wanted, await infosOfPairs(k, wanted, parsed, namespace))
  if (parsed.names.length) return planNamed(k, wanted, await infosOfNames(k, wanted, parsed, namespace))
  if (parsed.types.length) {
    await typesOf(k, parsed.types)
    usage('resource(s) were provided, but no name was specified')
  }
  return usage(MISSING_RESOURCE)
}

async function planFiles(k: Kubectl, wanted: Wanted, { types, pairs }: Parsed, namespace: string): Promise<Plan> {
  const { filenames = [], kustomize } = wanted
  if (filenames.length && kustomize) usage('only one of -f or -k can be specified')
  if (kustomize && wanted.recursive) usage("the -k flag can't be used with -f or -R")
  const files = kustomize
    ? [{ name: kustomize, load: async () => (await import('../kustomize/build.ts')).build(k.io, kustomize) }]
    : await manifestPaths(k.io, filenames, wanted.recursive ?? false)
  if (types.length)
    usage('when paths, URLs, or stdin is provided as input, you may not specify resource arguments as well')
  if (pairs.length) usage('resource/name arguments cannot be provided when a path is specified')
  const requirements = wanted.selector ? selectorOfFiles(wanted.selector) : undefined
  if (!wanted.local) await k.client()
  return {
    places: files.map(file => () => fromFile(k, file, wanted, namespace, requirements)),
    single: files.length === 1 && filenames[0] !== '-' && (await k.io.files.kind(filenames[0] ?? '')) === 'file',
    targetsItems: true,
  }
}

async function planSelected(
  k: Kubectl,
  wanted: Wanted,
  { types, names, pairs }: Parsed,
  namespace: string,
): Promise<Plan> {
  if (names.length) usage('name cannot be provided when a selector is specified')
  if (pairs.length) usage('selectors and the all flag cannot be used when passing resource/name arguments')
  if (!types.length) usage('at least one resource must be specified to use a selector')
  if (wanted.subresource) usage('subresource cannot be used when bulk resources are specified')
  if (wanted.singleType && types.length > 1) usage('you may only specify a single resource type')
  const mappings = await typesOf(k, types)
  return {
    places: mappings.map(m => () => bySelector(k, m, m.namespaced ? namespace : '', wanted)),
    single: false,
    targetsItems: false,
  }
}

const planNamed = (k: Kubectl, wanted: Wanted, infos: readonly Info[]): Plan => ({
  places: infos.map(info => () => byName(k, info, wanted)),
  single: infos.length === 1,
  targetsItems: true,
})

/** The namespace in which an object is looked up by its name; '' for resources of the cluster. */
function namespaceOf(mapping: Mapping, namespace: string, { allNamespaces }: Wanted): string {
  if (!mapping.namespaced) return ''
  if (!namespace)
    usage(
      allNamespaces
        ? 'a resource cannot be retrieved by name across all namespaces'
        : 'namespace may not be empty when retrieving a resource by name',
    )
  return namespace
}

/** Objects named as TYPE/NAME. */
async function infosOfPairs(k: Kubectl, wanted: Wanted, { pairs }: Parsed, namespace: string): Promise<Info[]> {
  const discovery = await k.discovery()
  for (const { type } of pairs) await warnOfShortName(k, discovery, type)
  const infos: Info[] = []
  for (const { type, name } of pairs) {
    const mapping = await k.resource(type)
    if (wanted.singleType && infos.some(info => info.mapping !== mapping))
      usage('you may only specify a single resource type')
    infos.push({ mapping, namespace: namespaceOf(mapping, namespace, wanted), name, source: '' })
  }
  return infos
}

/** Objects named as TYPE NAME... */
async function infosOfNames(k: Kubectl, wanted: Wanted, { types, names }: Parsed, namespace: string): Promise<Info[]> {
  const mappings = await typesOf(k, types)
  if (wanted.singleType && mappings.length > 1) usage('you may only specify a single resource type')
  return mappings.flatMap(mapping =>
    names.map((name): Info => ({ mapping, namespace: namespaceOf(mapping, namespace, wanted), name, source: '' })),
  )
}

async function* byName(k: Kubectl, info: Info, wanted: Wanted): AsyncGenerator<Found> {
  if (wanted.fetch === false) {
    yield { info }
    return
  }
  const client = await k.client()
  const options = { ...wanted.request, subresource: wanted.subresource }
  let object: Obj
  try {
    object = await client.getInNamespace(info.mapping, info.namespace, info.name, options)
  } catch (e) {
    yield { error: e as Error, alone: true }
    return
  }
  yield { info: { ...info, object } }
}

async function* bySelector(k: Kubectl, mapping: Mapping, namespace: string, wanted: Wanted): AsyncGenerator<Found> {
  const client = await k.client()
  let token = ''
  do {
    let list: Obj
    try {
      list = await client.list(mapping, namespace, {
        ...wanted.request,
        query: {
          ...wanted.request?.query,
          labelSelector: wanted.selector,
          fieldSelector: wanted.fieldSelector,
          limit: wanted.chunkSize === undefined ? 500 : wanted.chunkSize || undefined,
          continue: token,
        },
      })
    } catch (e) {
      throw describeSearch(e, mapping, wanted)
    }
    token = list.metadata?.continue ?? ''
    if (wanted.flatten === false || list.kind === 'Table')
      yield { info: { mapping, namespace, name: '', source: '', object: list } }
    else
      for (const item of list.items ?? []) {
        const object = { apiVersion: item.apiVersion ?? list.apiVersion, kind: item.kind ?? mapping.kind, ...item }
        yield {
          info: {
            mapping,
            namespace: item.metadata?.namespace ?? '',
            name: item.metadata?.name ?? '',
            source: '',
            object,
          },
        }
      }
  } while (token)
}

/** A refused search is told together with the resource that it was meant for. */
function describeSearch(error: unknown, m: Mapping, wanted: Wanted): unknown {
  const e = error as { reason?: string; status?: { message?: string } }
  if ((e.reason !== 'BadRequest' && e.reason !== 'NotFound') || !e.status) return error
  const where = `${m.group ? `${m.group}/` : '/'}${m.version}, Resource=${m.plural}`
  const search =
    wanted.selector || wanted.fieldSelector
      ? `find ${goQuote(where)} that match label selector ${goQuote(wanted.selector ?? '')}, field selector ${goQuote(wanted.fieldSelector ?? '')}`
      : `list ${goQuote(where)}`
  e.status.message = `Unable to ${search}: ${e.status.message}`
  ;(e as Error).message = e.status.message
  return e
}

/** Does `work` for everything wanted; failures are thrown at the end if the search goes on after one, else at once. */
export async function visit(k: Kubectl, wanted: Wanted, work: (info: Info) => Promise<void>): Promise<number> {
  const { places } = await plan(k, wanted)
  return visitPlaces(places, wanted.continueOnError ?? false, work)
}

export async function visitPlaces(
  places: readonly Place[],
  continueOnError: boolean,
  work: (info: Info) => Promise<void>,
): Promise<number> {
  const errors: Error[] = []
  /** Of the search itself: they are told together, after what went wrong with what was found. */
  const missed: Error[] = []
  let count = 0
  for (const place of places) {
    try {
      for await (const found of place()) {
        if ('error' in found) {
          if (!continueOnError) throw found.error
          ;(found.alone ? errors : missed).push(found.error)
          continue
        }
        count++
        try {
          await work(found.info)
        } catch (e) {
          if (!continueOnError) throw e
          errors.push(e as Error)
        }
      }
    } catch (e) {
      if (!continueOnError) throw e
      missed.push(e as Error)
    }
  }
  if (missed.length) errors.push(missed.length === 1 ? missed[0]! : new Aggregate(missed))
  throwAll(errors)
  return count
}

/** Everything that was found, and what went wrong with the rest. */
export async function infos(
  k: Kubectl,
  wanted: Wanted,
): Promise<{ infos: Info[]; errors: Error[]; single: boolean; targetsItems: boolean }> {
  const { places, single, targetsItems } = await plan(k, wanted)
  const found: Info[] = []
  let errors: Error[] = []
  try {
    await visitPlaces(places, wanted.continueOnError ?? false, async info => {
      found.push(info)
    })
  } catch (e) {
    if (!wanted.continueOnError) throw e
    errors = e instanceof Aggregate ? [...e.errors] : [e as Error]
  }
  return { infos: found, errors, single, targetsItems }
}

/** `pod/web`, `deployment.apps/web` */
export const nameOf = (info: Info): string =>
  `${info.mapping.singular && !info.mapping.kind ? info.mapping.singular : info.mapping.kind.toLowerCase()}${info.mapping.group ? `.${info.mapping.group}` : ''}/${info.name}`

/** What -f, -k and -R name. */
export const filenameOptions = (flags: Flags): Pick<Wanted, 'filenames' | 'kustomize' | 'recursive'> => ({
  filenames: flags.list('filename'),
  kustomize: flags.str('kustomize'),
  recursive: flags.bool('recursive'),
})
