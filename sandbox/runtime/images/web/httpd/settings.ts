/** What each directive that may stand in a section does to what holds there. */
import { type Rule as AccessRule, all, any, none, requirement } from './access.ts'
import { check, directive, type Override } from './directives.ts'
import { expiry } from './expiry.ts'
import { envRule, headerRule } from './headers.ts'
import { onStatus, redirect } from './redirects.ts'
import { condition, type Pending, type Rule, rule } from './rewrite.ts'
import type { Setting } from './scope.ts'
import { at, type Directive, words } from './syntax.ts'

/** What a section gathers while it is read, which counts as a whole. */
export interface Gathering {
  /** Of a section, and not of a server. */
  inside?: boolean
  /** Of a <Location>. */
  path?: string
  conditions: Pending
  rules: Rule[]
  require: AccessRule[]
  old: { allowFirst?: boolean; allow: string[]; deny: string[] }
}

export const gathering = (): Gathering => ({ conditions: [], rules: [], require: [], old: { allow: [], deny: [] } })

type Reader = (d: Directive, args: readonly string[], gathered: Gathering, root: string) => Setting | undefined

const OPTIONS = [
  'Indexes',
  'Includes',
  'IncludesNOEXEC',
  'FollowSymLinks',
  'SymLinksIfOwnerMatch',
  'ExecCGI',
  'MultiViews',
]
const OVERRIDES: readonly Override[] = ['AuthConfig', 'FileInfo', 'Indexes', 'Limit', 'Options']

function options(d: Directive, args: readonly string[]): Setting {
  const known = args.map(arg => {
    const name = arg.replace(/^[+-]/, '')
    const own =
      OPTIONS.find(one => one.toLowerCase() === name.toLowerCase()) ??
      (/^(all|none)$/i.test(name) ? name.toLowerCase() : undefined)
    if (!own) throw at(d, `Illegal option ${name}`)
    if (own === 'MultiViews' && !arg.startsWith('-')) throw at(d, 'Option MultiViews is not simulated')
    return { sign: arg[0] === '+' || arg[0] === '-' ? arg[0] : '', own }
  })
  if (known.some(({ sign }) => sign) && known.some(({ sign }) => !sign))
    throw at(d, 'Either all Options must start with + or -, or no Option may.')
  return scope => {
    const set = new Set(known[0]?.sign ? scope.options : [])
    for (const { sign, own } of known) {
      if (own === 'none') set.clear()
      else for (const one of own === 'all' ? OPTIONS.slice(0, 6) : [own]) sign === '-' ? set.delete(one) : set.add(one)
    }
    scope.options = set
  }
}

function overridesOf(d: Directive, args: readonly string[]): ReadonlySet<Override> {
  const set = new Set<Override>()
  for (const arg of args) {
    const [name = ''] = arg.split('=')
    if (/^all$/i.test(name)) for (const one of OVERRIDES) set.add(one)
    else if (!/^none$/i.test(name)) {
      const own = OVERRIDES.find(one => one.toLowerCase() === name.toLowerCase())
      if (!own) throw at(d, `Illegal override option ${name}`)
      set.add(own)
    }
  }
  return set
}

const added = <V>(old: ReadonlyMap<string, V>, entries: readonly (readonly [string, V])[]): ReadonlyMap<string, V> =>
  new Map([...old, ...entries])

const endings = (list: readonly string[]): string[] => list.map(one => one.replace(/^\./, '').toLowerCase())

type MapKey = 'types' | 'encodings' | 'charsets' | 'languages' | 'handlers'

/** `AddType type .ending …` and its likes. */
const adds =
  (key: MapKey): Reader =>
  (_, [value = '', ...list]) =>
  scope => {
    scope[key] = added(
      scope[key],
      endings(list).map(ending => [ending, value] as const),
    )
  }

const removes =
  (key: MapKey): Reader =>
  (_, list) =>
  scope => {
    scope[key] = new Map([...scope[key]].filter(([ending]) => !endings(list).includes(ending)))
  }

const off = (value: string | undefined): boolean => /^(off|none|disabled)$/i.test(value ?? '')

/** With a value of its own, or without. */
const put =
  (key: 'authType' | 'authName' | 'forceType' | 'handler' | 'readme' | 'header' | 'fallback' | 'base'): Reader =>
  (_, [value = '']) =>
  scope => {
    if (/^none$/i.test(value) || (key === 'fallback' && off(value))) delete scope[key]
    else scope[key] = value
  }

const file =
  (key: 'users' | 'groups'): Reader =>
  (_, [value = ''], __, root) =>
  scope => {
    scope[key] = value.startsWith('/') ? value : `${root}/${value}`
  }

const READERS: Readonly<Record<string, Reader>> = {
  options: options,
  allowoverride: (d, args) => {
    const set = overridesOf(d, args)
    return scope => void (scope.override = set)
  },
  directoryindex: (_, args) => scope => void (scope.index = off(args[0]) ? [] : args),
  directoryslash:
    (_, [value]) =>
    scope =>
      void (scope.slash = !off(value)),
  fallbackresource: put('fallback'),
  require: (d, _, gathered) => void gathered.require.push(requirement(d)),
  order: (d, args, { old }) => {
    const order = args.join(' ').toLowerCase()
    if (!/^(allow,deny|deny,allow|mutual-failure)$/.test(order)) throw at(d, 'unknown order')
    old.allowFirst = order !== 'deny,allow'
    return undefined
  },
  allow: (d, args, { old }) => void old.allow.push(...addresses(d, args)),
  deny: (d, args, { old }) => void old.deny.push(...addresses(d, args)),
  satisfy: (d, [value = '']) => {
    if (!/^(all|any)$/i.test(value)) throw at(d, "Satisfy either 'any' or 'all'.")
    return scope => void (scope.satisfyAny = /^any$/i.test(value))
  },
  authtype: (d, [value = '']) => {
    if (!/^(basic|none)$/i.test(value)) throw at(d, `AuthType ${value} is not simulated`)
    return scope => void (scope.authType = value)
  },
  authname: put('authName'),
  authuserfile: file('users'),
  authgroupfile: file('groups'),
  authbasicprovider: (d, args) => {
    const other = args.find(one => one !== 'file')
    if (other) throw at(d, `Unknown Authn provider: ${other}`)
    return undefined
  },
  errordocument: d => {
    const [status = '', text = ''] = words(d.args)
    if (!/^\d+$/.test(status) || !ERROR_STATUS(Number(status))) throw at(d, `Unsupported HTTP response code ${status}`)
    const quoted = /^\S+\s+"/.test(d.args) && !text.startsWith('/') && !/^https?:/.test(text)
    return scope =>
      void (scope.errorPages = new Map([...scope.errorPages, [Number(status), quoted ? `"${text}` : text]]))
  },
  header: d => {
    const own = headerRule(d)
    return scope => void (scope.headers = [...scope.headers, own])
  },
  requestheader: d => {
    const own = headerRule(d)
    return scope => void (scope.requestHeaders = [...scope.requestHeaders, own])
  },
  setenv:
    (_, [name = '', value = '']) =>
    scope =>
      void (scope.env = [...scope.env, x => void x.env.set(name, value)]),
  unsetenv: (_, args) => scope => void (scope.env = [...scope.env, x => void args.map(name => x.env.delete(name))]),
  passenv: (_, args) => scope =>
    void (scope.env = [...scope.env, x => void args.map(name => x.env.set(name, x.process.env[name] ?? ''))]),
  setenvif: envSetting,
  setenvifnocase: envSetting,
  browsermatch: envSetting,
  browsermatchnocase: envSetting,
  addtype: adds('types'),
  removetype: removes('types'),
  addencoding: adds('encodings'),
  removeencoding: removes('encodings'),
  addcharset: adds('charsets'),
  removecharset: removes('charsets'),
  addlanguage: adds('languages'),
  removelanguage: removes('languages'),
  addhandler: adds('handlers'),
  removehandler: removes('handlers'),
  forcetype: put('forceType'),
  sethandler: put('handler'),
  adddefaultcharset:
    (_, [value = '']) =>
    scope => {
      if (off(value)) delete scope.charset
      else scope.charset = /^on$/i.test(value) ? 'iso-8859-1' : value
    },
  expiresactive:
    (_, [value]) =>
    scope =>
      void (scope.expires = { ...scope.expires, active: !off(value) }),
  expiresdefault: (d, [value = '']) => {
    const usual = expiry(d, value)
    return scope => void (scope.expires = { ...scope.expires, usual })
  },
  expiresbytype: (d, [type = '', value = '']) => {
    const own = expiry(d, value)
    return scope => void (scope.expires = { ...scope.expires, byType: new Map([...scope.expires.byType, [type, own]]) })
  },
  redirect: redirectSetting,
  redirectmatch: redirectSetting,
  redirecttemp: redirectSetting,
  redirectpermanent: redirectSetting,
  rewriteengine:
    (_, [value]) =>
    scope =>
      void (scope.rewriting = !off(value)),
  rewritebase: (d, args, gathered, root) => {
    if (!gathered.inside) throw at(d, 'RewriteBase: only valid in per-directory config files')
    return put('base')(d, args, gathered, root)
  },
  rewritecond: (d, _, gathered) => void gathered.conditions.push(condition(d)),
  rewriterule: (d, _, gathered) => void gathered.rules.push(rule(d, gathered.conditions)),
  indexoptions: (d, args) => {
    for (const arg of args) checkIndexOption(d, arg)
    return scope => {
      const set = new Set(args.some(arg => !/^[+-]/.test(arg)) ? [] : scope.indexOptions)
      for (const arg of args) {
        const name = indexOption(arg)
        if (name === 'none') set.clear()
        else if (arg.startsWith('-')) set.delete(name)
        else set.add(name)
      }
      scope.indexOptions = set
    }
  },
  fancyindexing:
    (_, [value]) =>
    scope =>
      void (scope.indexOptions = new Set(
        [...scope.indexOptions].filter(one => one !== 'fancyindexing').concat(off(value) ? [] : ['fancyindexing']),
      )),
  indexignore: (_, args) => scope => void (scope.indexIgnore = [...scope.indexIgnore, ...args]),
  indexignorereset: () => scope => void (scope.indexIgnore = ['.', '..']),
  readmename: put('readme'),
  headername: put('header'),
  fileetag: (_, args) => scope =>
    void (scope.etag = new Set(
      args.some(one => /^none$/i.test(one)) ? [] : args.some(one => /^all$/i.test(one)) ? ['MTime', 'Size'] : args,
    )),
  limitrequestbody: (d, [value = '']) => {
    if (!/^\d+$/.test(value)) throw at(d, 'LimitRequestBody requires a non-negative integer.')
    return scope => void (scope.maxBody = Number(value) || Number.POSITIVE_INFINITY)
  },
  acceptpathinfo:
    (_, [value = '']) =>
    scope =>
      void (scope.pathInfo = /^on$/i.test(value) ? true : /^off$/i.test(value) ? false : undefined),
  allowmethods: (_, args) => scope => {
    if (/^reset$/i.test(args[0] ?? '')) delete scope.methods
    else scope.methods = args
  },
  sslrequiressl: () => scope => void (scope.sslOnly = true),
  proxypass: (d, args, { path = '' }) => {
    const url = args.find(arg => /^(https?|balancer|wss?):\/\//.test(arg))
    if (!url) throw at(d, `ProxyPass URL must be absolute!: ${args[0] ?? ''}`)
    return scope => void (scope.proxy = { url, path })
  },
  proxypassreverse: (_, args, { path = '' }) => {
    const [from = '', to] = args
    return scope => void (scope.reverse = [...scope.reverse, to === undefined ? [path, from] : [from, to]])
  },
  proxypreservehost:
    (_, [value]) =>
    scope =>
      void (scope.preserveHost = !off(value)),
  proxyerroroverride:
    (_, [value]) =>
    scope =>
      void (scope.ownErrors = !off(value)),
}

const ERROR_STATUS = (status: number): boolean => onStatus(status) !== undefined && status >= 400

const indexOption = (arg: string): string => arg.replace(/^[+-]|=.*$/g, '').toLowerCase()

/** Those that lists follow, and those of icons, which they do not have. */
const INDEX_OPTIONS =
  /^(none|fancyindexing|foldersfirst|htmltable|ignorecase|versionsort|iconheight|iconwidth|iconsarelinks|suppressicon|ignoreclient|trackmodified|suppresshtmlpreamble)$/
const OTHER_INDEX_OPTIONS =
  /^(charset|descriptionwidth|namewidth|scanhtmltitles|showforbidden|suppresscolumnsorting|suppressdescription|suppresslastmodified|suppressrules|suppresssize|type|xhtml|useolddateformat)$/

function checkIndexOption(d: Directive, arg: string): void {
  const name = indexOption(arg)
  if (OTHER_INDEX_OPTIONS.test(name)) throw at(d, `${d.name} ${arg} is not simulated`)
  if (!INDEX_OPTIONS.test(name)) throw at(d, 'Invalid directory indexing option')
}

function envSetting(d: Directive): Setting {
  const own = envRule(d)
  return scope => void (scope.env = [...scope.env, own])
}

function redirectSetting(d: Directive): Setting {
  const own = redirect(d)
  return scope => void (scope.redirects = [...scope.redirects, own])
}

function addresses(d: Directive, [from, ...list]: readonly string[]): string[] {
  if (!/^from$/i.test(from ?? '')) throw at(d, "allow and deny must be followed by 'from'")
  return list
}

/** The access rules of a container. */
function contained(d: Directive): AccessRule {
  const rules = (d.inside ?? []).map(one => (one.inside ? contained(one) : requirement(one)))
  const kind = d.name.toLowerCase()
  return kind === '<requireall' ? all(rules) : kind === '<requirenone' ? none(rules) : any(rules)
}

/** What one directive means within a section; undefined of one that means something to the whole server only. */
export function settingOf(
  d: Directive,
  gathered: Gathering,
  root: string,
): { setting: Setting | undefined } | undefined {
  const key = d.name.toLowerCase()
  if (/^<require(all|any|none)$/.test(key)) {
    gathered.require.push(contained(d))
    return { setting: undefined }
  }
  const reader = READERS[key]
  return reader && { setting: reader(d, words(d.args), gathered, root) }
}

/** What is gathered, as one setting. */
export function whole(settings: readonly Setting[], { rules, require, old }: Gathering): Setting {
  return scope => {
    for (const set of settings) set(scope)
    if (rules.length) scope.rules = rules
    if (require.length) {
      scope.require = any(require)
      delete scope.old
    }
    if (old.allowFirst !== undefined || old.allow.length || old.deny.length) {
      scope.old = { allowFirst: old.allowFirst ?? false, allow: old.allow, deny: old.deny }
      if (!require.length) delete scope.require
    }
  }
}

/** Checks a directive of a section before it is read. @throws ConfigError */
export function known(d: Directive, modules: ReadonlySet<string>, context: Parameters<typeof check>[2]): void {
  const found = directive(d.name)
  if (!found || !modules.has(found.module === 'http_core' ? 'http' : found.module))
    throw at(
      d,
      `Invalid command '${d.name}', perhaps misspelled or defined by a module not included in the server configuration`,
    )
  check(d, found, context)
}
