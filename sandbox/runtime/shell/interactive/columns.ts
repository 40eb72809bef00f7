/** Text on a terminal: how many columns it takes, and lists in columns. */

/** Columns that a text takes: CJK and emoji take two. */
export function width(text: string): number {
  let columns = 0
  for (const c of text) {
    const code = c.codePointAt(0)!
    if (code < 0x20 || (code >= 0x300 && code < 0x370) || code === 0x200d || (code >= 0xfe00 && code < 0xfe10)) continue
    const wide =
      (code >= 0x1100 && code <= 0x115f) ||
      (code >= 0x2e80 && code <= 0xa4cf) ||
      (code >= 0xac00 && code <= 0xd7a3) ||
      (code >= 0xf900 && code <= 0xfaff) ||
      (code >= 0xfe30 && code <= 0xfe6f) ||
      (code >= 0xff00 && code <= 0xff60) ||
      (code >= 0xffe0 && code <= 0xffe6) ||
      (code >= 0x1f300 && code <= 0x1faff) ||
      (code >= 0x20000 && code <= 0x3fffd)
    columns += wide ? 2 : 1
  }
  return columns
}

/** Words in columns, as `ls` and completion show them. */
export function columnsOf(words: readonly string[], columns: number): string {
  if (!words.length) return ''
  const widest = Math.max(...words.map(width)) + 2
  const across = Math.max(1, Math.floor(columns / widest))
  const down = Math.ceil(words.length / across)
  let out = ''
  for (let row = 0; row < down; row++) {
    let line = ''
    for (let i = row; i < words.length; i += down) {
      const word = words[i]!
      line += i + down < words.length ? word + ' '.repeat(widest - width(word)) : word
    }
    out += `${line}\n`
  }
  return out
}
