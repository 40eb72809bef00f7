/** What is known of a directive, and whether it may stand where it stands with the arguments that it has. */
import { TABLE } from './directive-table.ts'
import { at, type Directive, words } from './syntax.ts'

export type Override = 'AuthConfig' | 'FileInfo' | 'Indexes' | 'Limit' | 'Options'

export interface Known {
  name: string
  module: string
  takes: string
  where: 's' | 'd' | 'a'
  /** Undefined: in no .htaccess. */
  override?: Override | 'any'
  help: string
}

const OVERRIDES: Readonly<Record<string, Override | 'any'>> = {
  A: 'AuthConfig',
  F: 'FileInfo',
  I: 'Indexes',
  L: 'Limit',
  O: 'Options',
  '*': 'any',
}

let known: Map<string, Known> | undefined

/** By its name, in any case. */
export function directive(name: string): Known | undefined {
  if (!known) {
    known = new Map()
    let module = ''
    for (const row of TABLE.trim().split('\n')) {
      if (row.startsWith('[')) module = row.slice(1, -1)
      else {
        const [, own = '', takes = '', where, by = '', help = ''] = /^(\S+) (\S+) (\S) (\S) ?(.*)$/.exec(row) ?? []
        const override = OVERRIDES[by]
        known.set(own.toLowerCase(), {
          name: own,
          module,
          takes,
          where: where as Known['where'],
          help,
          ...(override && { override }),
        })
      }
    }
  }
  return known.get(name.toLowerCase())
}

const COUNTS: Readonly<Record<string, string>> = {
  '1': 'one argument',
  '2': 'two arguments',
  '3': 'three arguments',
  '12': '1-2 arguments',
  '13': 'one or three arguments',
  '23': 'two or three arguments',
  '123': 'one, two or three arguments',
}

/** Where a directive stands: beside the sections of the server, in one of them, or in a .htaccess. */
export type Context = { section?: string; overrides?: ReadonlySet<Override> }

/** @throws ConfigError */
export function check(d: Directive, { name, takes, where, override, help }: Known, context: Context): void {
  const { section, overrides } = context
  if (overrides ? !allowed(override, overrides) : where === 'd' && !section) throw at(d, `${name} not allowed here`)
  if (where === 's' && section) throw at(d, `${name} not allowed in ${section} context`)
  if (takes === '*') return
  const count = words(d.args).length
  const told = help && `, ${help}`
  if (takes === 'flag') {
    if (!/^(on|off)$/i.test(words(d.args)[0] ?? '')) throw at(d, `${name} must be On or Off`)
  } else if (takes === '0') {
    if (count) throw at(d, `${name} takes no arguments`)
  } else if (takes === '+2') {
    if (count < 2) throw at(d, `${name} requires at least two arguments${told}`)
  } else if (!takes.includes(String(count))) throw at(d, `${name} takes ${COUNTS[takes]}${told}`)
}

const allowed = (override: Override | 'any' | undefined, overrides: ReadonlySet<Override>): boolean =>
  override !== undefined && (override === 'any' ? overrides.size > 0 : overrides.has(override))
