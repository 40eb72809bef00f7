/** `:set` and what it sets; what the editor can do. */
import type { Editor } from './editor.ts'

export interface Options {
  autoindent: boolean
  expandtab: boolean
  flash: boolean
  ignorecase: boolean
  showmatch: boolean
}

const NAMES: Readonly<Record<string, keyof Options | 'tabstop'>> = {
  ai: 'autoindent',
  et: 'expandtab',
  fl: 'flash',
  ic: 'ignorecase',
  sm: 'showmatch',
  ts: 'tabstop',
}
const BOOLEANS = ['autoindent', 'expandtab', 'flash', 'ignorecase', 'showmatch'] as const
const WIDEST_TAB = 32

export function set(editor: Editor, args: string): void {
  const { options, buffer } = editor
  if (!args || args === 'all') {
    const all = BOOLEANS.map(name => `${options[name] ? '' : 'no'}${name}`)
    editor.warn(`${all.join(' ')} tabstop=${buffer.tabstop}`)
    return
  }
  for (const word of args.split(/[ \t\n\v\f\r]+/).filter(Boolean)) setOne(editor, word)
}

function setOne(editor: Editor, word: string): void {
  const off = word.startsWith('no')
  const [given = '', value] = word.split(/=([\s\S]*)/)
  const bare = off ? given.slice(2) : given
  const name = NAMES[bare] ?? Object.values(NAMES).find(known => known === bare)
  if (name === 'tabstop' && !off && /^\d+$/.test(value ?? '')) {
    const width = Number(value)
    if (width > 0 && width <= WIDEST_TAB) {
      editor.buffer.tabstop = width
      return
    }
  } else if (name && name !== 'tabstop' && value === undefined) {
    editor.options[name] = !off
    return
  }
  editor.warn(`bad option: ${word}`)
}

export const FEATURES = `These features are available:
\tPattern searches with / and ?
\tLast command repeat with .
\tLine marking with 'x
\tNamed buffers with "x
\tSome colon mode commands with :
\tSettable options with ":set"
\tSignal catching- ^C
\tJob suspend and resume with ^Z
\tAdapt to window re-sizes
`
