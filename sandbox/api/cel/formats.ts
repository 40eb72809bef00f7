/** Kubernetes' additions to CEL for the formats that names and values have: format.named('dns1123Label').value().validate(…). */
import { type Environment, Optional } from '@marcbachmann/cel-js'
import { decodeBase64 } from '../kinds/base64.ts'
import {
  dns1035Label,
  dns1123Label,
  dns1123Subdomain,
  labelValue,
  qualifiedName,
  type Rule,
} from '../kinds/validation/content.ts'

class Format {
  readonly faults: Rule
  constructor(faults: Rule) {
    this.faults = faults
  }
}
class Formats {}

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
  const refused = (why: string): string[] => [`parse ${JSON.stringify(value)}: ${why}`]
  if (!value) return refused('empty url')
  if (value.startsWith('/'))
    return /[\0-\x1f\x7f]/.test(value) ? refused('net/url: invalid control character in URL') : []
  return URL.canParse(value) ? [] : refused('invalid URI for request')
}

const FORMATS: Readonly<Record<string, Format>> = {
  dns1123Label: new Format(dns1123Label),
  dns1123Subdomain: new Format(dns1123Subdomain),
  dns1035Label: new Format(dns1035Label),
  qualifiedName: new Format(qualifiedName),
  dns1123LabelPrefix: new Format(prefix(dns1123Label)),
  dns1123SubdomainPrefix: new Format(prefix(dns1123Subdomain)),
  dns1035LabelPrefix: new Format(prefix(dns1035Label)),
  labelValue: new Format(labelValue),
  uri: new Format(uri),
  uuid: new Format(matching(text => UUID.test(text), 'does not match the UUID format')),
  byte: new Format(matching(text => decodeBase64(text) !== undefined, 'invalid base64')),
  date: new Format(matching(text => DATE.test(text) && isDay(text), 'invalid date')),
  datetime: new Format(matching(text => TIME.test(text) && isDay(text), 'invalid datetime')),
}

const TYPE = 'kubernetes.NamedFormat'
const NAMES = 'kubernetes.Formats'

export function addFormats(env: Environment): void {
  env
    .registerType(TYPE, Format)
    .registerType(NAMES, Formats)
    .registerConstant('format', NAMES, new Formats())
    .registerFunction(`${NAMES}.named(string): optional<${TYPE}>`, (_: Formats, name: string) =>
      Optional.of(Object.hasOwn(FORMATS, name) ? FORMATS[name] : undefined),
    )
    .registerFunction(`${TYPE}.validate(string): optional<list<string>>`, (format: Format, value: string) => {
      const faults = format.faults(value)
      return faults.length ? Optional.of(faults) : Optional.none()
    })
  for (const [name, format] of Object.entries(FORMATS))
    env.registerFunction(`${NAMES}.${name}(): ${TYPE}`, () => format)
}
