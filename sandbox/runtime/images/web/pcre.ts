/** Patterns that web servers' configurations hold, which are written for PCRE. */

/** JavaScript knows named captures by another sign, and has its flags elsewhere. @throws SyntaxError */
export const pcre = (text: string, ignoreCase = false, flags = ''): RegExp =>
  new RegExp(
    text.replaceAll('(?P<', '(?<').replace(/^\(\?i\)/, ''),
    `${flags}${ignoreCase || text.startsWith('(?i)') ? 'i' : ''}`,
  )
