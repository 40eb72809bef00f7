/** kubectl get: tables that the server prints, or the objects themselves; once or as they change. */
import { type CallOptions, resourcePath, TABLE } from '../client/client.ts'
import type { Mapping } from '../client/discovery.ts'
import { checkPath, rawRequest } from '../client/rawhttp.ts'
import { Aggregate, Exit, isNotFound, KubectlError, ListErrors, throwAll } from '../errors.ts'
import type { Kubectl } from '../kubectl.ts'
import { isList, type Obj } from '../objects.ts'
import { ALL_FORMATS, type ObjectPrinter, objectPrinter, splitFormat, TemplateFailure } from '../print/printer.ts'
import { joinRows, type TableOptions, tableRows } from '../print/table.ts'
import { align, GrowingTable, TABLE_TABS } from '../print/tabwriter.ts'
import { filenameOptions, type Info, infos, type Wanted } from '../resources/resources.ts'

const wantedOf = (k: Kubectl): Wanted => ({
  args: k.args,
  ...filenameOptions(k.flags),
  selector: k.flags.str('selector'),
  fieldSelector: k.flags.str('field-selector'),
  allNamespaces: k.flags.bool('all-namespaces'),
  allowEmptySelector: true,
  latest: true,
  subresource: k.flags.str('subresource'),
  chunkSize: k.flags.str('sort-by') ? 0 : k.flags.num('chunk-size'),
})

export async function run(k: Kubectl): Promise<void> {
  const { flags } = k
  const raw = flags.str('raw')
  if (raw) return getRaw(k, raw)
  const watching = flags.bool('watch') || flags.bool('watch-only')
  check(k, watching)
  if (watching && flags.str('sort-by'))
    await k.err(
      flags.bool('watch')
        ? 'warning: --watch requested, --sort-by will be ignored for watch events received\n'
        : 'warning: --watch-only requested, --sort-by will be ignored\n',
    )
  const { format } = splitFormat(flags)
  if (!format || format === 'wide') return watching ? watchTables(k) : getTables(k)
  return watching ? watchObjects(k, await printerOf(k)) : getObjects(k)
}

const printerOf = async (k: Kubectl): Promise<ObjectPrinter> =>
  (await objectPrinter(k.io, k.flags, { allowed: ALL_FORMATS }))!

async function getRaw(k: Kubectl, path: string): Promise<void> {
  const { flags } = k
  if (k.args.length) throw new KubectlError('arguments may not be passed when --raw is specified')
  if (flags.bool('watch') || flags.bool('watch-only') || flags.str('selector'))
    throw new KubectlError(
      '--raw may not be specified with other flags that filter the server request or alter the output',
    )
  if (flags.str('output')) throw new KubectlError('--raw and --output are mutually exclusive')
  checkPath(path)
  await rawRequest(k, 'GET')
}

function check(k: Kubectl, watching: boolean): void {
  const { flags } = k
  if (flags.bool('output-watch-events') && !watching)
    throw new KubectlError('--output-watch-events option can only be used with --watch or --watch-only')
  if (!k.args.length && !flags.list('filename').length && !flags.str('kustomize')) {
    k.io.err(
      'You must specify the type of resource to get. Use "kubectl api-resources" for a complete list of supported resources.\n\n',
    )
    const explain = flags.has('output')
      ? '\nUse "kubectl explain <resource>" for a detailed description of that resource (e.g. kubectl explain pods).'
      : ''
    throw new KubectlError(`Required resource not specified.${explain}\nSee 'kubectl get -h' for help and examples`)
  }
  if (flags.bool('show-labels') && flags.str('output') && flags.str('output') !== 'wide')
    throw new KubectlError(`--show-labels option cannot be used with ${flags.str('output')} printer`)
}

/** Errors of a search whose absences may be overlooked. */
const kept = (k: Kubectl, errors: readonly Error[]): Error[] =>
  k.flags.bool('ignore-not-found')
    ? errors.filter(e => (e instanceof ListErrors ? !e.errors.every(isNotFound) : !isNotFound(e)))
    : [...errors]

async function getObjects(k: Kubectl): Promise<void> {
  const { flags } = k
  const wanted = { ...wantedOf(k), continueOnError: true }
  const found = await infos(k, wanted)
  const errors = kept(k, found.errors)
  if ((errors.length && found.single) || (!found.infos.length && (found.single || flags.bool('ignore-not-found')))) {
    throwAll(errors)
    return
  }
  // Only what there is to print needs a form.
  const printer = await printerOf(k)
  let objects: Obj[] = found.infos.map(i => i.object!)
  const sortBy = flags.str('sort-by')
  let result: Obj
  if (found.single && objects.length === 1) result = objects[0]
  else {
    if (sortBy) {
      const { sortEntries } = await import('../print/sort.ts')
      objects = await sorting(k, 'sorter.go:329', '*unstructured.Unstructured', () => sortEntries(objects, sortBy))
    }
    result = { apiVersion: 'v1', items: objects, kind: 'List', metadata: { resourceVersion: '' } }
  }
  await printObject(k, printer, result)
  throwAll(errors)
}

/** Sorts; what cannot be compared ends the program at once, with a line of its log that tells where it happened. */
async function sorting<T>(k: Kubectl, place: string, type: string, sort: () => T): Promise<T> {
  const { Unsortable } = await import('../print/sort.ts')
  try {
    return sort()
  } catch (e) {
    if (!(e instanceof Unsortable)) throw e
    const field = k.flags.str('sort-by')
    const path = field.startsWith('{') ? field : `{${field}}`
    await k.log('F', place, `Field ${path} in ${type} is an unsortable type: interface, err: ${e.message}`)
    throw new Exit(1)
  }
}

async function printObject(k: Kubectl, printer: ObjectPrinter, object: Obj): Promise<void> {
  try {
    const text = printer.print(object)
    if (text) await k.out(text)
  } catch (e) {
    if (e instanceof TemplateFailure && e.details) await k.out(e.details)
    throw e
  }
}

async function tableRequest(k: Kubectl): Promise<CallOptions> {
  if (!k.flags.bool('server-print')) return {}
  return { accept: TABLE, query: { includeObject: k.flags.str('sort-by') ? 'Object' : undefined } }
}

function tableOptions(k: Kubectl, mapping: Mapping, withKind: boolean): TableOptions {
  const { flags } = k
  return {
    wide: splitFormat(flags).format === 'wide',
    noHeaders: flags.bool('no-headers'),
    withNamespace: flags.bool('all-namespaces') && mapping.namespaced,
    ...((withKind || flags.bool('show-kind')) && {
      kindPrefix: `${mapping.kind.toLowerCase()}${mapping.group ? `.${mapping.group}` : ''}`,
    }),
    showLabels: flags.bool('show-labels'),
    labelColumns: flags.list('label-columns'),
  }
}

/** What a server that makes no table gives, as a table of names and ages. */
async function asTable(object: Obj, now: number): Promise<Obj> {
  if (object.kind === 'Table') return object
  const { since } = await import('../../api/formats/duration.ts')
  const items: Obj[] = isList(object) ? object.items : [object]
  return {
    kind: 'Table',
    columnDefinitions: [
      { name: 'Name', type: 'string', format: 'name', priority: 0 },
      { name: 'Age', type: 'string', priority: 0 },
    ],
    rows: items.map(o => ({ cells: [o.metadata?.name ?? '', since(o.metadata?.creationTimestamp, now)], object: o })),
    metadata: object.metadata,
  }
}

async function getTables(k: Kubectl): Promise<void> {
  const { flags } = k
  const wanted = {
    ...wantedOf(k),
    continueOnError: true,
    flatten: flags.list('filename').length > 0,
    request: await tableRequest(k),
  }
  const found = await infos(k, wanted)
  const errors = kept(k, found.errors)
  const withKind = new Set(found.infos.map(i => i.mapping)).size > 1
  let tables = await Promise.all(found.infos.map(async info => ({ info, table: await asTable(info.object!, k.now()) })))
  const sortBy = flags.str('sort-by')
  if (sortBy) {
    const { sortEntries, sortTables } = await import('../print/sort.ts')
    // Several tables are first sorted among themselves, by a field of the tables: a slip of the real one that few fields survive.
    if (tables.length > 1)
      tables = await sorting(k, 'sorter.go:329', '*unstructured.Unstructured', () =>
        sortEntries(tables, sortBy, t => t.table),
      )
    tables = await sorting(k, 'sorter.go:375', '[][][]reflect.Value', () => sortTables(tables, sortBy))
  }
  let out = ''
  let block = ''
  let last: Mapping | undefined
  const flush = (): void => {
    if (block) out += (out && !flags.bool('no-headers') ? '\n' : '') + align(block, TABLE_TABS)
    block = ''
  }
  for (const { info, table } of tables) {
    const fresh = info.mapping !== last
    if (fresh) flush()
    const rows = (table.rows ?? []).length
      ? tableRows(table, tableOptions(k, info.mapping, withKind), fresh || !block)
      : []
    if (rows.length) block += joinRows(rows)
    last = info.mapping
  }
  flush()
  if (out) await k.out(out)
  else if (!errors.length && !flags.bool('ignore-not-found')) {
    const namespaced = !flags.bool('all-namespaces') && (await allNamespaced(k, found.infos))
    await k.err(namespaced ? `No resources found in ${await k.namespace()} namespace.\n` : 'No resources found\n')
  }
  // They are told as several, even if there is one: without a word before it.
  if (errors.length) throw new Aggregate([new Aggregate(errors)])
}

const allNamespaced = async (_k: Kubectl, found: readonly Info[]): Promise<boolean> =>
  found.every(i => i.mapping.namespaced)

interface Watched {
  info: Info
  /** What is there: a list, in pieces perhaps, or objects. */
  found: Obj[]
  list: boolean
}

/** A watch needs one kind; a list of it, or one object. */
async function watchTarget(k: Kubectl, request: CallOptions): Promise<Watched | undefined> {
  const wanted: Wanted = { ...wantedOf(k), flatten: false, singleType: true, request }
  let found: Awaited<ReturnType<typeof infos>>
  try {
    found = await infos(k, wanted)
  } catch (e) {
    if (isNotFound(e) && k.flags.bool('ignore-not-found')) return undefined
    throw e
  }
  if (new Set(found.infos.map(info => info.mapping)).size > 1)
    throw new KubectlError(
      'watch is only supported on individual resources and resource collections - more than 1 resource was found',
    )
  return { info: found.infos[0]!, found: found.infos.map(info => info.object!), list: !found.targetsItems }
}

/** Several objects are shown before it is said that they cannot be watched. */
async function watchEvents(
  k: Kubectl,
  { info, found, list }: Watched,
  request: CallOptions,
  handle: (type: string, object: Obj) => Promise<void>,
): Promise<void> {
  const { flags } = k
  if (!list && found.length > 1)
    throw new KubectlError('you may only watch a single resource or type of resource at a time')
  const version = found.at(-1)!.metadata?.resourceVersion ?? '0'
  const client = await k.client()
  const events = client.watch(resourcePath(info.mapping, info.namespace), {
    ...request,
    query: {
      ...request.query,
      resourceVersion: list ? version : '0',
      labelSelector: flags.str('selector'),
      fieldSelector: list ? flags.str('field-selector') : `metadata.name=${info.name}`,
    },
  })
  for await (const event of events) {
    if (event.type === 'ERROR') {
      const { ApiError } = await import('../errors.ts')
      throw new ApiError(event.object)
    }
    await handle(event.type, event.object)
  }
}

async function watchTables(k: Kubectl): Promise<void> {
  const { flags } = k
  const request = await tableRequest(k)
  const target = await watchTarget(k, request)
  if (!target) return
  const { info, found, list } = target
  const showEvents = flags.bool('output-watch-events')
  const options = { ...tableOptions(k, info.mapping, false) }
  const growing = new GrowingTable()
  let headers = true
  const print = async (type: string, object: Obj): Promise<void> => {
    const table = await asTable(object, k.now())
    const rows = tableRows(table, options, headers && (table.rows ?? []).length > 0)
    if (!rows.length) return
    const withEvents = showEvents
      ? rows.map((row, i) => [headers && !options.noHeaders && i === 0 ? 'EVENT' : type.padEnd(0), ...row])
      : rows
    headers = false
    await k.out(growing.print(withEvents))
  }
  if (!flags.bool('watch-only')) for (const table of found) await print('ADDED', table)
  let definitions: Obj[] | undefined = found.at(-1)!.columnDefinitions
  let skip = !list
  await watchEvents(k, target, request, async (type, object) => {
    // A watch of one object begins with the object itself, which has been shown.
    if (skip) {
      skip = false
      return
    }
    definitions = object.columnDefinitions?.length ? object.columnDefinitions : definitions
    await print(type, object.kind === 'Table' ? { ...object, columnDefinitions: definitions } : object)
  })
}

async function watchObjects(k: Kubectl, printer: ObjectPrinter): Promise<void> {
  const { flags } = k
  const target = await watchTarget(k, {})
  if (!target) return
  const { found, list } = target
  // A name is that of the object, whatever has happened to it.
  const withEvents = flags.bool('output-watch-events') && flags.str('output') !== 'name'
  const show = (type: string, object: Obj): Promise<void> =>
    printObject(k, printer, withEvents ? { type, object } : object)
  if (!flags.bool('watch-only')) for (const item of list ? found.flatMap(withTypes) : found) await show('ADDED', item)
  let skip = !list
  await watchEvents(k, target, {}, async (type, object) => {
    if (skip) {
      skip = false
      return
    }
    await show(type, object)
  })
}

const withTypes = (list: Obj): Obj[] =>
  list.items.map((i: Obj) => ({ apiVersion: list.apiVersion, kind: String(list.kind).replace(/List$/, ''), ...i }))
