/** LIKE: `%` stands for any text, `_` for one character, and a backslash takes what comes behind it as it is. */

/** In steps of at most text × pattern; an expression of JavaScript could take for ever over many `%`. */
export function isLike(text: string, pattern: string, caseless: boolean): boolean {
  const signs = [...(caseless ? text.toLowerCase() : text)]
  const wanted = [...(caseless ? pattern.toLowerCase() : pattern)]
  let [at, next] = [0, 0]
  /** Behind the last `%`, and up to where in the text it reaches so far. */
  let [behind, reach] = [-1, 0]
  while (at < signs.length) {
    const sign = wanted[next]
    const escaped = sign === '\\' && next + 1 < wanted.length
    if (sign === '%') {
      behind = ++next
      reach = at
    } else if (sign !== undefined && (escaped ? wanted[next + 1] === signs[at] : sign === '_' || sign === signs[at])) {
      next += escaped ? 2 : 1
      at++
    } else if (behind >= 0) {
      next = behind
      at = ++reach
    } else return false
  }
  while (wanted[next] === '%') next++
  return next === wanted.length
}
