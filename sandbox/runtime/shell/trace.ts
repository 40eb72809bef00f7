/** What `set -x` shows. */
import type { Shell } from './shell.ts'

export async function trace(shell: Shell, words: readonly string[]): Promise<void> {
  await shell.process.write(2, `${shell.get('PS4') ?? '+ '}${words.join(' ')}\n`)
}

const PLAIN = { ash: /^[\w@%+:,./\]-]+$/, bash: /^[\w@%+=:,./-]+$/ } as const

/** A word as it is shown: dash quotes nothing. */
export const traced = (shell: Shell, word: string): string =>
  shell.dialect.name === 'dash' || PLAIN[shell.dialect.name].test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
