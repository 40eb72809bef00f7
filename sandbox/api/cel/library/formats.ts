/** Kubernetes' additions to CEL for the formats that names and values have: format.named('dns1123Label').value().validate(…). */
import { decodeBase64 } from '../../formats/go-base64.ts'
import {
  dns1035Label,
  dns1123Label,
  dns1123Subdomain,
  labelValue,
  qualifiedName,
  type Rule,
} from '../../kinds/validation/content.ts'
import { Custom, NONE, noSuchOverload, Optional, type Value } from '../runtime/values.ts'
import { type Functions, type Implementation, readDeclarations } from '../types/declarations.ts'
import { objectType } from '../types/types.ts'
import { of } from './implementing.ts'
import { urlFault } from './urls.ts'

const NAMED_FORMAT = objectType('kubernetes.NamedFormat')

export class Format extends Custom {
  readonly type = NAMED_FORMAT
  readonly faults: Rule
  /** How long its regular expression may be, which is what checking a text costs. */
  readonly size: number
  constructor(faults: Rule, size: number) {
    super()
    this.faults = faults
    this.size = size
  }
  equals(other: Value): boolean {
    if (!(other instanceof Format)) throw noSuchOverload()
    return this === other
  }
}

/** The beginning of a name, to which something is added: a last hyphen does not count. */
const prefix =
  (rule: Rule): Rule =>
  value =>
    rule(value.length > 1 && value.endsWith('-') ? `${value.slice(0, -2)}a` : value)
const matching =
  (holds: (value: string) => boolean, words: string): Rule =>
  value =>
    holds(value) ? [] : [words]

const UUID = /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i
const DATE = /^\d{4}-\d{2}-\d{2}$/
const TIME = /^\d{4}-\d{2}-\d{2}[tT ]\d{2}:\d{2}:\d{2}(\.\d+)?([zZ]|[+-]\d{2}:?\d{2})?$/
const isDay = (text: string): boolean => {
  const [year, month, day] = text.slice(0, 10).split('-').map(Number) as [number, number, number]
  return month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate()
}

function uri(value: string): string[] {
  const why = urlFault(value)
  return why === undefined ? [] : [`parse ${JSON.stringify(value)}: ${why}`]
}

const FORMATS: Readonly<Record<string, Format>> = {
  dns1123Label: new Format(dns1123Label, 30),
  dns1123Subdomain: new Format(dns1123Subdomain, 60),
  dns1035Label: new Format(dns1035Label, 30),
  qualifiedName: new Format(qualifiedName, 60),
  dns1123LabelPrefix: new Format(prefix(dns1123Label), 30),
  dns1123SubdomainPrefix: new Format(prefix(dns1123Subdomain), 60),
  dns1035LabelPrefix: new Format(prefix(dns1035Label), 30),
  labelValue: new Format(labelValue, 40),
  uri: new Format(uri, 1103),
  uuid: new Format(
    matching(text => UUID.test(text), 'does not match the UUID format'),
    70,
  ),
  byte: new Format(
    matching(text => decodeBase64(text) !== undefined, 'invalid base64'),
    84,
  ),
  date: new Format(
    matching(text => DATE.test(text) && isDay(text), 'invalid date'),
    71,
  ),
  datetime: new Format(
    matching(text => TIME.test(text) && isDay(text), 'invalid datetime'),
    71,
  ),
}

const DECLARATIONS = `
format.byte format.byte () -> kubernetes.NamedFormat
format.date format.date () -> kubernetes.NamedFormat
format.datetime format.datetime () -> kubernetes.NamedFormat
format.dns1035Label format.dns1035Label () -> kubernetes.NamedFormat
format.dns1035LabelPrefix format.dns1035LabelPrefix () -> kubernetes.NamedFormat
format.dns1123Label format.dns1123Label () -> kubernetes.NamedFormat
format.dns1123LabelPrefix format.dns1123LabelPrefix () -> kubernetes.NamedFormat
format.dns1123Subdomain format.dns1123Subdomain () -> kubernetes.NamedFormat
format.dns1123SubdomainPrefix format.dns1123SubdomainPrefix () -> kubernetes.NamedFormat
format.labelValue format.labelValue () -> kubernetes.NamedFormat
format.named format-named (string) -> optional_type(kubernetes.NamedFormat)
format.qualifiedName format.qualifiedName () -> kubernetes.NamedFormat
format.uri format.uri () -> kubernetes.NamedFormat
format.uuid format.uuid () -> kubernetes.NamedFormat
validate format-validate kubernetes.NamedFormat.(string) -> optional_type(list(string))
`

const formats: Record<string, Implementation> = {
  'format-named': of((name: string) => (Object.hasOwn(FORMATS, name) ? new Optional(FORMATS[name]) : NONE)),
  'format-validate': of((format: Format, value: string) => {
    const faults = format.faults(value)
    return faults.length ? new Optional(faults) : NONE
  }),
  ...Object.fromEntries(Object.entries(FORMATS).map(([name, format]) => [`format.${name}`, () => format])),
}

export const formatLibrary: Functions = readDeclarations(DECLARATIONS, formats)
