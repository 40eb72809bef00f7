/** How the tools of coreutils show names: as a shell would have to be given them, in quotes where they need some. */

/** Letters that mean something to a shell wherever they stand, and at the start of a word. */
const SPECIAL = /[\s!"$&'()*;<=>?[\\^`|]|^[~#]|^[{}]$|^$/

/** @param besides letters that want quotes too */
export function shellQuoted(text: string, besides?: RegExp): string {
  if (!SPECIAL.test(text) && !besides?.test(text)) return text
  return text.includes("'") && !/["$`\\!]/.test(text) ? `"${text}"` : `'${text.replaceAll("'", "'\\''")}'`
}

/** A name before a colon, in which a colon would be mistaken. */
export const beforeColon = (name: string): string => shellQuoted(name, /:/)
