/** Printers for -o: of objects as they are, in any of kubectl's formats but the table. */

import { toJson } from '../../api/formats/go-json.ts'
import { toYaml } from '../../api/formats/go-yaml.ts'
import type { Flags } from '../command/flags.ts'
import { KubectlError } from '../errors.ts'
import type { Io } from '../io.ts'
import { groupOf, isList, type Obj } from '../objects.ts'
import { goValue } from './go.ts'

export interface ObjectPrinter {
  /** A list is printed as one object, unless the format knows only single ones. */
  print(object: Obj): string
}

const ALL = [
  'custom-columns',
  'custom-columns-file',
  'go-template',
  'go-template-file',
  'json',
  'jsonpath',
  'jsonpath-as-json',
  'jsonpath-file',
  'name',
  'template',
  'templatefile',
  'wide',
  'yaml',
]
/** What verbs other than `get` know. */
export const PLAIN_FORMATS = ALL.filter(f => !f.startsWith('custom') && f !== 'wide')

const WITH_ARGUMENT = /^(custom-columns|go-?template|jsonpath|template)/

/** Written in capitals they mean the same. */
const ANY_CASE = new Set(['json', 'yaml', 'name'])

export function withoutManagedFields(object: Obj): Obj {
  if (isList(object)) return { ...object, items: object.items.map(withoutManagedFields) }
  if (!object?.metadata?.managedFields) return object
  const { managedFields: _left, ...metadata } = object.metadata
  return { ...object, metadata }
}

/** A format and its argument: `jsonpath={.kind}` */
export function splitFormat(flags: Flags): { format: string; argument?: string } {
  const output = flags.str('output')
  const at = WITH_ARGUMENT.test(output) ? output.indexOf('=') : -1
  const written = at < 0 ? output : output.slice(0, at)
  const format = ANY_CASE.has(written.toLowerCase()) ? written.toLowerCase() : written
  const argument = at < 0 ? undefined : output.slice(at + 1)
  const template = flags.str('template')
  if (template && (!format || !flags.changed('output'))) return { format: 'go-template', argument: template }
  return { format, argument: argument ?? (template || undefined) }
}

async function fileText(io: Io, path: string, flag: string): Promise<string> {
  const text = await io.files.read(path)
  if (text === undefined)
    throw new KubectlError(`error reading ${flag} ${path}, open ${path}: no such file or directory\n`)
  return text
}

const unknownFormat = (format: string, allowed: readonly string[]): never => {
  throw new KubectlError(
    `unable to match a printer suitable for the output format ${JSON.stringify(format)}, allowed formats are: ${allowed.join(',')}`,
  )
}

/** JSON in the alphabet's order, in the object's own, or in that of Go's types. */
export type KeepOrder = boolean | 'typed'

async function jsonPrinter(strip: (o: Obj) => Obj, keepOrder: KeepOrder): Promise<ObjectPrinter> {
  const ordered = keepOrder === 'typed' ? (await import('./typed-order.ts')).inTypedOrder : (o: Obj): Obj => o
  return { print: o => `${toJson(ordered(strip(o)), { indent: '    ', keepOrder: !!keepOrder })}\n` }
}

/** @returns undefined for the human-readable forms ('' and wide) */
export async function objectPrinter(
  io: Io,
  flags: Flags,
  {
    allowed = PLAIN_FORMATS,
    keepOrder = false,
    operation = '',
  }: { allowed?: readonly string[]; keepOrder?: KeepOrder; operation?: string } = {},
): Promise<ObjectPrinter | undefined> {
  const { format, argument } = splitFormat(flags)
  if (!format) return undefined
  if (!allowed.includes(format)) unknownFormat(flags.str('output'), allowed)
  const managed = flags.bool('show-managed-fields')
  const strip = (o: Obj): Obj => (managed ? o : withoutManagedFields(o))
  const allowMissing = !flags.has('allow-missing-template-keys') || flags.bool('allow-missing-template-keys')
  const needed = (): string => {
    if (!argument) throw new KubectlError('template format specified but no template given')
    return argument
  }
  switch (format) {
    case 'wide':
      return undefined
    case 'json':
      return jsonPrinter(strip, keepOrder)
    case 'yaml': {
      let count = 0
      return { print: o => (count++ ? '---\n' : '') + toYaml(strip(o)) }
    }
    case 'name':
      return { print: o => printName(o, operation) }
    case 'jsonpath':
    case 'jsonpath-as-json':
    case 'jsonpath-file': {
      const text = format === 'jsonpath-file' ? await fileText(io, needed(), '--template') : needed()
      return jsonPathPrinter(text, format === 'jsonpath-as-json', allowMissing)
    }
    case 'custom-columns':
      return customColumnsPrinter('spec', argument ?? '', !flags.bool('no-headers'))
    case 'custom-columns-file':
      if (!argument) throw new KubectlError('custom-columns format specified but no custom columns given')
      return customColumnsPrinter('file', await fileText(io, argument, 'template'), true)
    default:
      return goTemplatePrinter(
        /file$/.test(format) ? await fileText(io, needed(), '--template') : needed(),
        allowMissing,
      )
  }
}

async function jsonPathPrinter(text: string, asJson: boolean, allowMissing: boolean): Promise<ObjectPrinter> {
  const { JsonPath } = await import('./jsonpath.ts')
  let path: InstanceType<typeof JsonPath>
  try {
    path = new JsonPath(text)
  } catch (e) {
    throw new KubectlError(`error parsing jsonpath ${text}, ${(e as Error).message}`)
  }
  return {
    print(o) {
      try {
        return asJson ? path.printJson(o, allowMissing) : path.print(o, allowMissing)
      } catch (e) {
        throw new TemplateFailure(
          `Error executing template: ${(e as Error).message}. Printing more information for debugging the template:\n\ttemplate was:\n\t\t${text}\n\tobject given to jsonpath engine was:\n\t\t${goDump(o)}\n\n\n`,
          'jsonpath',
          text,
        )
      }
    },
  }
}

/** @param headers whether the first print begins with them; those of a file cannot be left out */
async function customColumnsPrinter(from: 'spec' | 'file', text: string, headers: boolean): Promise<ObjectPrinter> {
  const { columnsFromFile, columnsFromSpec, printColumns } = await import('./custom-columns.ts')
  const columns = from === 'spec' ? columnsFromSpec(text) : columnsFromFile(text)
  let pending = headers
  return {
    print(o) {
      const printed = printColumns(columns, isList(o) ? o.items : [o], !pending)
      pending = false
      return printed
    },
  }
}

async function goTemplatePrinter(text: string, allowMissing: boolean): Promise<ObjectPrinter> {
  const [{ GoTemplate }, { TemplateError }] = await Promise.all([
    import('./gotemplate/template.ts'),
    import('./gotemplate/tree.ts'),
  ])
  let template: InstanceType<typeof GoTemplate>
  try {
    template = new GoTemplate(text, allowMissing)
  } catch (e) {
    throw new KubectlError(`error parsing template ${text}, ${(e as Error).message}`)
  }
  return {
    print(o) {
      try {
        return template.run(o)
      } catch (e) {
        if (!(e instanceof TemplateError)) throw e
        throw new TemplateFailure(
          `${e.written}Error executing template: ${e.message}. Printing more information for debugging the template:\n\ttemplate was:\n\t\t${text}\n\traw data was:\n\t\t${toJson(o)}\n\tobject given to template engine was:\n\t\t${goValue(o)}\n\n`,
          'go-template',
          text,
          e.message,
        )
      }
    },
  }
}

/** Details for standard output, before the error itself. */
export class TemplateFailure extends KubectlError {
  readonly details: string
  constructor(details: string, engine: 'jsonpath' | 'go-template', text: string, words = '') {
    super(
      engine === 'jsonpath'
        ? `error executing jsonpath ${JSON.stringify(text)}: ${details}`
        : `error executing template ${JSON.stringify(text)}: ${words}`,
    )
    this.details = engine === 'jsonpath' ? '' : details
  }
}

/** Go's %#v of decoded JSON. */
export function goDump(v: unknown): string {
  if (Array.isArray(v)) return `[]interface {}{${v.map(goDump).join(', ')}}`
  if (typeof v === 'object' && v !== null)
    return `map[string]interface {}{${Object.keys(v)
      .sort()
      .map(k => `${JSON.stringify(k)}:${goDump((v as Record<string, unknown>)[k])}`)
      .join(', ')}}`
  return v === null || v === undefined ? 'interface {}(nil)' : JSON.stringify(v)
}

function printName(object: Obj, operation: string): string {
  if (isList(object)) return object.items.map((o: Obj) => printName(o, operation)).join('')
  const group = groupOf(object.apiVersion ?? '')
  const kind = String(object.kind ?? '').toLowerCase()
  const name = `${kind}${group ? `.${group}` : ''}/${object.metadata?.name || '<unknown>'}`
  return operation ? `${name} ${operation}\n` : `${name}\n`
}

export const ALL_FORMATS = ALL
