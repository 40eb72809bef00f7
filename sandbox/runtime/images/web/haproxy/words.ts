/** Words of a line of haproxy.cfg: quotes, backslashes, comments. */

export function words(line: string): string[] {
  const found: string[] = []
  let word = ''
  let quote = ''
  let begun = false
  for (let i = 0; i < line.length; i++) {
    const c = line[i]!
    if (quote) {
      if (c === quote) quote = ''
      else if (c === '\\' && quote === '"') word += escaped(line[++i] ?? '')
      else word += c
    } else if (c === '"' || c === "'") {
      quote = c
      begun = true
    } else if (c === '\\') {
      word += escaped(line[++i] ?? '')
      begun = true
    } else if (c === '#') break
    else if (/\s/.test(c)) {
      if (begun) found.push(word)
      word = ''
      begun = false
    } else {
      word += c
      begun = true
    }
  }
  if (begun) found.push(word)
  return found
}

const escaped = (c: string): string => ({ n: '\n', r: '\r', t: '\t' })[c] ?? c
