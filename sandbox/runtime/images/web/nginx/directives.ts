/**
 * nginx's directives: where each may stand and what it takes, so that what is misspelt or misplaced is refused in nginx's own
 * words; and which of them are not simulated, so that nothing is left out in silence.
 */
import { type Context, MISSING, OF_REFUSED, SIMULATED, UNSEEN } from './directive-table.ts'
import { at, type Directive } from './syntax.ts'

interface Rule {
  contexts: string
  /** Fewest and most arguments. */
  least: number
  most: number
  /** on or off. */
  flag: boolean
  block: boolean
  /** May stand once in each block. */
  once: boolean
  simulated: boolean
}

function table(text: string, simulated: boolean): [string, Rule][] {
  return text
    .trim()
    .split('\n')
    .map(line => {
      const [name = '', contexts = '', args = '', once] = line.split(' ')
      const [, block, from, to, more] = /^(\{?)(?:flag|(\d+)(?:-(\d+))?(\+)?)$/.exec(args)!
      const least = Number(from ?? 1)
      return [
        name,
        {
          contexts,
          least,
          most: more ? Number.POSITIVE_INFINITY : Number(to ?? least),
          flag: args === 'flag',
          block: block === '{',
          once: once === '=',
          simulated,
        },
      ]
    })
}

const RULES: ReadonlyMap<string, Rule> = new Map([
  ...table(SIMULATED, true),
  ...table(OF_REFUSED, true),
  ...table(UNSEEN, true),
  ...table(MISSING, false),
])

/** What has two meanings: by where it stands, its own rule. */
const BY_CONTEXT: Readonly<Record<string, Rule>> = Object.fromEntries(
  table(
    `
server:u u 1+
server:t t {0
server:w w 1+
upstream:t t {1
listen:v v 1+
proxy_pass:v v 1 =
proxy_connect_timeout:t t 1 =
proxy_connect_timeout:v v 1 =
log_format:t t 2+
access_log:t t 1+
access_log:v v 1+
resolver:t t 1+ =
map:t t {2
allow:v v 1
deny:v v 1
return:v v 1
`,
    true,
  ),
)

/** What a block is to those within; undefined where it holds no directives. */
const INSIDE: Readonly<Record<string, Context>> = {
  ':m:events': 'e',
  ':m:http': 'h',
  ':m:stream': 't',
  ':h:server': 's',
  ':h:upstream': 'u',
  ':s:location': 'l',
  ':l:location': 'l',
  ':s:if': 'i',
  ':l:if': 'j',
  ':l:limit_except': 'x',
  ':t:server': 'v',
  ':t:upstream': 'w',
}

export const contextIn = (context: Context, block: string): Context | undefined => INSIDE[`:${context}:${block}`]

/** @throws ConfigError as nginx words it, before it looks at what the arguments say */
export function checkDirective(directive: Directive, context: Context, before: Set<string>): void {
  const { name, args, fault } = directive
  if (fault !== undefined) throw at(fault, directive)
  const opens = directive.block !== undefined
  const general = RULES.get(name)
  const rule = BY_CONTEXT[`${name}:${context}`] ?? general
  if (!rule) throw at(`unknown directive "${name}"`, directive)
  if (!rule.contexts.includes(context)) throw at(`"${name}" directive is not allowed here`, directive)
  if (rule.block && !opens) throw at(`directive "${name}" has no opening "{"`, directive)
  if (!rule.block && opens) throw at(`directive "${name}" is not terminated by ";"`, directive)
  if (args.length < rule.least || args.length > rule.most)
    throw at(`invalid number of arguments in "${name}" directive`, directive)
  if (!rule.simulated) throw at(`directive "${name}" is not simulated`, directive)
  if (rule.once && before.has(name)) throw at(`"${name}" directive is duplicate`, directive)
  before.add(name)
  if (rule.flag && !/^(on|off)$/i.test(args[0]!))
    throw at(`invalid value "${args[0]}" in "${name}" directive, it must be "on" or "off"`, directive)
}
