/** What `set -x` shows. */
import { tracedWord } from './expansion/quoting.ts'
import type { Shell } from './shell.ts'

export async function trace(shell: Shell, words: readonly string[]): Promise<void> {
  const prompt = shell.get('PS4') ?? '+ '
  // bash repeats the first character for each `eval`, sourced file, trap and substitution that it is in.
  const levels = shell.dialect.name === 'bash' ? Math.max(shell.texts, 1) : 1
  await shell.process.write(2, `${prompt.slice(0, 1).repeat(levels)}${prompt.slice(1)}${words.join(' ')}\n`)
}

/** Words that busybox shows without quotes, unless they are the language's own. */
const PLAIN = /^[\w@+:,./\]^-]*$/
const RESERVED = /^(?:if|then|else|elif|fi|do|done|case|esac|while|until|for|in|!|\{|\}|function)$/

/** A word as it is shown: dash quotes nothing. */
export function traced({ dialect }: Shell, word: string): string {
  if (dialect.name === 'dash') return word
  if (dialect.name === 'bash') return tracedWord(word)
  return PLAIN.test(word) && !RESERVED.test(word) ? word : `'${word.replaceAll("'", `'"'"'`)}'`
}
