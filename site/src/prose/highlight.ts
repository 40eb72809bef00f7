/** Colours for YAML and shell, as classes, so that no page needs inline styles. Used at build time and by the plain editor. */

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
export const escapeHtml = (text: string): string => text.replace(/[&<>"]/g, c => entities[c] ?? c)

const mark = (kind: string, text: string): string =>
  text ? `<span class="tok-${kind}">${escapeHtml(text)}</span>` : ''

/** A scalar after `key:` or `-`. */
const yamlValue = (text: string): string => {
  const [, value = '', space = '', comment = ''] = /^(.*?)(\s*)((?:^|(?<=\s))#.*)?$/.exec(text) ?? []
  const kind = /^\s*(?:-?\d[\d._]*|true|false|null|~)$/.test(value)
    ? 'number'
    : /^\s*(?:["']|[|>][+-]?$)/.test(value)
      ? 'string'
      : ''
  return (kind ? mark(kind, value) : escapeHtml(value)) + space + mark('comment', comment)
}

const yamlLine = (line: string): string => {
  const [, lead = '', rest = ''] = /^(\s*(?:- )*)(.*)$/.exec(line) ?? []
  if (rest.startsWith('#')) return lead + mark('comment', rest)
  if (/^(?:---|\.\.\.)/.test(line)) return mark('comment', line)
  const pair = /^([^\s#"'{}[\],][^#{}[\],]*?|"[^"]*"):(\s.*|)$/.exec(rest)
  return pair ? `${lead}${mark('key', pair[1] ?? '')}:${yamlValue(pair[2] ?? '')}` : lead + yamlValue(rest)
}

const shellLine = (line: string): string => {
  const prompt = /^\$ /.exec(line)?.[0] ?? ''
  const rest = line.slice(prompt.length)
  if (/^\s*#/.test(rest)) return mark('prompt', prompt) + mark('comment', rest)
  const [, lead = '', command = '', tail = ''] = /^(\s*)(\S+)?(.*)$/.exec(rest) ?? []
  const coloured = tail.replace(/("[^"]*"|'[^']*')|(\s--?[a-zA-Z][\w-]*)|[^"'\s]+|\s+|["']/g, (all, quoted, flag) =>
    quoted ? mark('string', all) : flag ? all.slice(0, 1) + mark('key', all.slice(1)) : escapeHtml(all),
  )
  return mark('prompt', prompt) + lead + mark('command', command) + coloured
}

/** In a console excerpt only the lines after `$ ` are commands; the rest is what was printed. */
const consoleLine = (line: string): string => (line.startsWith('$ ') ? shellLine(line) : escapeHtml(line))

type Line = (line: string) => string

/** What a here-document holds is no command: it is coloured as the file that it is written to, or as the manifest that kubectl is given. */
const shell = (): Line => {
  let end: string | undefined
  let inside: Line = escapeHtml
  return line => {
    if (end !== undefined) {
      const over = line.trim() === end
      if (over) end = undefined
      return over ? escapeHtml(line) : inside(line)
    }
    const here = /<<-?\s*(["']?)(\w+)\1/.exec(line)
    if (here) {
      end = here[2]
      const language = /\bkubectl\b/.test(line) ? 'yaml' : languageOf(/>\s*(\S+)/.exec(line)?.[1] ?? '')
      inside = colouring(language)
    }
    return shellLine(line)
  }
}

/** What colours the lines of a text, one after the other. */
const colouring = (language: string): Line => {
  switch (language) {
    case 'yaml':
    case 'yml':
      return yamlLine
    case 'sh':
    case 'bash':
    case 'shell':
      return shell()
    case 'console':
      return consoleLine
    default:
      return escapeHtml
  }
}

export const languageOf = (path: string): string =>
  /\.ya?ml$/.test(path) ? 'yaml' : /\.sh$/.test(path) ? 'sh' : 'text'

export const highlight = (text: string, language = 'text'): string =>
  text.split('\n').map(colouring(language)).join('\n')

/** Commands with the prompt before each of them; lines that go on with one, or stand in a here-document, have none. */
export const prompted = (commands: string): string =>
  commands
    .split('\n')
    .map((line, i, all) => (i > 0 && (all[i - 1]?.endsWith('\\') || commands.includes('<<')) ? line : `$ ${line}`))
    .join('\n')
