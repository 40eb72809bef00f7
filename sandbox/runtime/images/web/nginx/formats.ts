/** log_format and access_log: the lines that requests leave. */
import { compile, type Made, type Text } from './exchange.ts'
import { absolute } from './files.ts'
import type { AccessLog } from './scope.ts'
import { at, type Directive } from './syntax.ts'

export type LogFormat = Text

const ESCAPES: Readonly<Record<string, (value: string) => string>> = {
  default: value =>
    value === ''
      ? '-'
      : value.replace(/["\\\x00-\x1f\x7f]/g, c => `\\x${c.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`),
  json: value => JSON.stringify(value).slice(1, -1),
  none: value => value,
}

const COMBINED: Directive = {
  name: 'log_format',
  args: [
    'combined',
    '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent"',
  ],
  line: 0,
  file: '',
}

/** @throws ConfigError */
function readFormat(d: Directive, made: Made): LogFormat {
  const [, ...texts] = d.args
  let escaped = ESCAPES.default!
  const [, wanted] = /^escape=(.*)$/.exec(texts[0]!) ?? []
  if (wanted !== undefined) {
    if (!ESCAPES[wanted]) throw at(`unknown log format escaping "${wanted}"`, d)
    escaped = ESCAPES[wanted]!
    texts.shift()
  }
  return compile(texts.join(''), made, d, escaped)
}

/** By name, with the one that needs no definition. @throws ConfigError */
export function readFormats(directives: readonly Directive[], made: Made): ReadonlyMap<string, LogFormat> {
  const formats = new Map([['combined', readFormat(COMBINED, made)]])
  for (const d of directives) {
    if (d.name !== 'log_format') continue
    const name = d.args[0]!
    if (formats.has(name)) throw at(`duplicate "log_format" name "${name}"`, d)
    formats.set(name, readFormat(d, made))
  }
  return formats
}

/** Undefined is `off`. @throws ConfigError */
export function readAccessLog(
  d: Directive,
  formats: ReadonlyMap<string, LogFormat>,
  text: (text: string) => Text,
): AccessLog | undefined {
  const [path = '', ...rest] = d.args
  if (path === 'off') return undefined
  if (path.startsWith('syslog:')) throw at('access_log to syslog is not simulated', d)
  const named = rest[0] !== undefined && !/^(buffer|gzip|flush|if)(=|$)/.test(rest[0]) ? rest.shift()! : 'combined'
  const format = formats.get(named)
  if (!format) throw at(`unknown log format "${named}"`, d)
  const when = rest.find(word => word.startsWith('if='))
  const wrong = rest.find(word => !/^(buffer|flush|gzip|if)(=|$)/.test(word))
  if (wrong !== undefined) throw at(`invalid parameter "${wrong}"`, d)
  return { path: absolute(path), format, ...(when !== undefined && { when: text(when.slice(3)) }) }
}
