/** What `set -x` shows. */
import type { Shell } from './shell.ts'

export async function trace(shell: Shell, words: readonly string[]): Promise<void> {
  await shell.process.write(2, `${shell.get('PS4') ?? '+ '}${words.join(' ')}\n`)
}

/** A word as it is shown: dash quotes nothing. */
export const traced = (shell: Shell, word: string): string =>
  shell.dialect.name === 'dash' || /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
