/** Signs in the names of files and hosts: `*`, `?` and `[…]`. */
import { matches } from '../../../shell/expansion/pattern.ts'

export const hasSigns = (text: string): boolean => /[*?[]/.test(text)

/** Of a name, in which signs may stand for any letter. */
export const fitsName = matches

/** Whether a path is what a text with signs means, or stands below; no sign stands for a slash. */
export function fitsPath(text: string, path: string): boolean {
  const names = path.split('/')
  return text.split('/').every((part, i) => names[i] !== undefined && matches(part, names[i]))
}
