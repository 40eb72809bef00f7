/** Keys of the terminal: those that touch screens lack, and those that copy. */

/** For screens without a keyboard: label → what it sends. */
export const TOUCH_KEYS: readonly (readonly [label: string, data: string])[] = [
  ['Tab', '\t'],
  ['Ctrl-C', '\x03'],
  ['Esc', '\x1b'],
  ['↑', '\x1b[A'],
  ['↓', '\x1b[B'],
  ['←', '\x1b[D'],
  ['→', '\x1b[C'],
  ['|', '|'],
  ['-', '-'],
  ['/', '/'],
]

/** What a key sends while Ctrl is held; keys that have no such meaning stay themselves. */
export function withControl(data: string): string {
  if (!/^[@-_a-z ?]$/.test(data)) return data
  return data === '?' ? '\x7f' : String.fromCharCode(data.toUpperCase().charCodeAt(0) & 0x1f)
}

type Stroke = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'shiftKey' | 'altKey' | 'metaKey'>

/** What terminals elsewhere do with a stroke; undefined: it goes to the shell. */
export function clipboardAction(stroke: Stroke): 'copy' | 'paste' | undefined {
  const { key, ctrlKey, shiftKey, altKey, metaKey } = stroke
  if (altKey || metaKey) return undefined
  if (ctrlKey && shiftKey && key.toLowerCase() === 'c') return 'copy'
  if (ctrlKey && !shiftKey && key === 'Insert') return 'copy'
  if (ctrlKey && shiftKey && key.toLowerCase() === 'v') return 'paste'
  if (shiftKey && !ctrlKey && key === 'Insert') return 'paste'
  return undefined
}
