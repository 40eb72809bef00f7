/** Files of environment variables, as fileKeyRef reads them: `NAME='value'` a line, values in single quotes only. */

/**
 * The value of a variable; empty when the file does not name it.
 * @throws Error with what is wrong with a line before the one that was looked for
 */
export function valueInEnvFile(text: string, key: string): string {
  const lines = text.split('\n').map(line => line.replace(/\r$/, ''))
  if (lines.at(-1) === '') lines.pop()
  for (let at = 0; at < lines.length; at++) {
    const number = at + 1
    const wrong = (what: string): Error => new Error(`invalid environment variable format at line ${number}: ${what}`)
    const line = lines[at]!.replace(/^[ \t]+/, '')
    if (!line || line.startsWith('#')) continue
    const equals = line.indexOf('=')
    if (equals < 0) throw wrong("missing '='")
    // The line does not begin with a blank, so a name that ends with one is no empty name.
    const name = line.slice(0, equals)
    if (!name) throw wrong('empty variable name')
    if (/[ \t]$/.test(name)) throw wrong("whitespace before '=' is not allowed")
    let rest = line.slice(equals + 1)
    // As in a shell, a blank behind the sign ends the assignment: the value is empty, and the rest of the line is not read.
    if (/^[ \t]/.test(rest)) {
      if (name === key) return ''
      continue
    }
    if (!rest.startsWith("'")) throw wrong('value must be enclosed in single quotes')
    rest = rest.slice(1)
    let value = ''
    let close = rest.indexOf("'")
    while (close < 0) {
      value += `${rest}\n`
      if (++at >= lines.length) {
        throw new Error(`invalid environment variable format starting at line ${number}: unclosed single quote`)
      }
      rest = lines[at]!
      close = rest.indexOf("'")
    }
    value += rest.slice(0, close)
    if (/^[ \t]*[^ \t#]/.test(rest.slice(close + 1))) throw wrong('unexpected content after closing quote')
    if (name === key) return value
  }
  return ''
}
