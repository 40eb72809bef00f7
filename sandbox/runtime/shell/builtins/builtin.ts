/** What a builtin is: a function over its words and its shell. */
import type { Shell } from '../shell.ts'

// biome-ignore lint/suspicious/noConfusingVoidType: a builtin that ends without a word has succeeded
export type Builtin = (shell: Shell, args: readonly string[], name: string) => Promise<number | void> | number | void

export const out = (shell: Shell, text: string): Promise<void> => shell.process.write(1, text)

/** As a shell would read it again. */
export const quote = (value: string): string => `'${value.replaceAll("'", `'"'"'`)}'`
