/** When what has been sent expires: `access plus 1 month 2 days`, `M3600`. */
import { at, type Directive } from './syntax.ts'

/** So many seconds after it was asked for, or after the file was changed. */
export interface Expiry {
  from: 'access' | 'modification'
  seconds: number
}

const UNITS: Readonly<Record<string, number>> = {
  year: 31_536_000,
  month: 2_592_000,
  week: 604_800,
  day: 86_400,
  hour: 3600,
  minute: 60,
  second: 1,
}

/** `access plus 1 month 2 days`, `M3600`. @returns seconds, and from when @throws ConfigError */
export function expiry(d: Directive, text: string): Expiry {
  const fail = (what: string): never => {
    throw at(d, `'${d.name} ${text}': bad expires code, ${what}`)
  }
  const [, code, count] = /^([AM])(\d+)$/.exec(text) ?? []
  if (code) return { from: code === 'A' ? 'access' : 'modification', seconds: Number(count) }
  const [base = '', ...rest] = text.trim().split(/\s+/)
  if (!/^(access|now|modification)$/i.test(base)) fail(`unrecognised <base> '${base}'`)
  if (/^plus$/i.test(rest[0] ?? '')) rest.shift()
  let seconds = 0
  for (let i = 0; i < rest.length; i += 2) {
    if (!/^-?\d+$/.test(rest[i]!)) fail('numeric value expected')
    if (rest[i + 1] === undefined) fail('missing <type>')
    const unit = UNITS[rest[i + 1]!.toLowerCase().replace(/s$/, '')]
    if (!unit) fail(`unrecognised <type>'${rest[i + 1]}'`)
    seconds += Number(rest[i]) * unit!
  }
  return { from: /^modification$/i.test(base) ? 'modification' : 'access', seconds }
}
