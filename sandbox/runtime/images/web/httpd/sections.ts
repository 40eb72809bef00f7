/** <Directory>, <Files> and <Location>: what they mean, and what then holds. */
import { directive } from './directives.ts'
import { fitsName, fitsPath, hasSigns } from './globs.ts'
import { isHarmless } from './harmless.ts'
import type { Reading } from './reading.ts'
import { patternOf, under } from './redirects.ts'
import type { Setting } from './scope.ts'
import { type Gathering, gathering, known, settingOf, whole } from './settings.ts'
import { at, type Directive, words } from './syntax.ts'

/** A <Directory>, <Files> or <Location>: which it means, and what then holds. */
export interface Section {
  /** A file or a path; of <Files> the name without its folders. */
  fits(path: string): boolean
  setting: Setting
  /** Files within directories. */
  files: readonly Section[]
  /** How many names a directory's path has, shorter ones come first; of a pattern more than any path. */
  length: number
}

/** @throws ConfigError */
export function section(reading: Reading, d: Directive): Section {
  const kind = d.name.slice(1).toLowerCase()
  const list = words(d.args)
  const byPattern = kind.endsWith('match') || list[0] === '~'
  const path = list[0] === '~' ? list[1] : list[0]
  if (path === undefined) throw at(d, `${d.name}> directive requires additional arguments`)
  const files: Section[] = []
  const setting = settingFor(reading, d.inside ?? [], d.name, files, undefined, kind === 'location' ? path : undefined)
  const clean = kind.startsWith('directory') ? path.replace(/(.)\/+$/, '$1') : path
  return {
    fits: fitting(d, kind, clean, byPattern),
    setting,
    files,
    length: byPattern ? 10_000 : clean.split('/').filter(Boolean).length,
  }
}

function fitting(d: Directive, kind: string, path: string, byPattern: boolean): Section['fits'] {
  if (byPattern) {
    const regex = patternOf(d, path, 'Regex could not be compiled')
    return asked => regex.test(asked)
  }
  if (kind === 'files') return hasSigns(path) ? name => fitsName(path, name) : name => name === path
  if (hasSigns(path)) return asked => fitsPath(path, asked)
  return asked => path === '/' || under(path, asked)
}

/** What all directives within a section come to. @throws ConfigError */
export function settingFor(
  reading: Reading,
  inside: readonly Directive[],
  name: string,
  files: Section[],
  overrides?: Parameters<typeof known>[2]['overrides'],
  path?: string,
): Setting {
  const gathered: Gathering = { ...gathering(), inside: true, ...(path !== undefined && { path }) }
  const settings: Setting[] = []
  for (const d of inside) {
    known(d, reading.modules, overrides ? { overrides } : { section: `${name}>` })
    const key = d.name.toLowerCase()
    if (key === '<files' || key === '<filesmatch') files.push(section(reading, d))
    else if (key === '<limit' || key === '<limitexcept') {
      const inner = settingFor(reading, d.inside ?? [], name, files, overrides)
      settings.push(limited(words(d.args), key === '<limitexcept', inner))
    } else {
      const own = settingOf(d, gathered, reading.root)
      if (own?.setting) settings.push(own.setting)
      else if (!own && !isHarmless(d)) throw at(d, `${directive(d.name)?.name ?? d.name} is not simulated`)
    }
  }
  return whole(settings, gathered)
}

/** Rules of access that count for some methods only. */
function limited(methods: readonly string[], except: boolean, inner: Setting): Setting {
  const means = (method: string): boolean =>
    methods.some(one => one === method || (one === 'GET' && method === 'HEAD')) !== except
  return scope => {
    const changed = { ...scope }
    inner(changed)
    const before = scope.require
    const { require } = changed
    if (require) scope.require = x => (means(x.method) ? require(x) : (before?.(x) ?? 'granted'))
    if (changed.old) scope.old = changed.old
  }
}
