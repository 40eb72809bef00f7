/** What GNU's tools say of a wrong use. Most say what is wrong and where to read more; some have a way of their own. */
import { Missing, type Usage } from './command.ts'

const more = (name: string): string => `Try '${name} --help' for more information.\n`

const GREP = 'Usage: grep [OPTION]... PATTERNS [FILE]...\n'

export function gnuWords(error: Usage, name: string): string {
  const complaint = `${name}: ${error.message}\n`
  switch (name) {
    case 'grep':
    case 'egrep':
    case 'fgrep':
      return (error instanceof Missing ? '' : complaint) + GREP + more('grep')
    case 'timeout':
      return (error instanceof Missing ? '' : complaint) + more(name)
    case 'tar':
      return `${complaint}Try 'tar --help' or 'tar --usage' for more information.\n`
    case 'diff':
    case 'cmp':
      return `${complaint}${name}: ${more(name)}`
    default:
      return error.message.includes('\n') ? complaint : complaint + more(name)
  }
}
