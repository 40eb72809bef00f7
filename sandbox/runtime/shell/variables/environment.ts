/** The environment that a shell hands to a program: in the order in which each shell's table of variables has it. */
import type { Shell } from '../shell.ts'

/** The table of busybox and dash: a name's letters summed, in 39 lists. */
function listOfSh(name: string): number {
  let hash = name.charCodeAt(0) << 4
  for (const c of name) hash += c.charCodeAt(0)
  return hash % 39
}

/** bash's table: FNV-1, in 1,024 lists. */
function listOfBash(name: string): number {
  let hash = 2_166_136_261
  for (const c of name) hash = (Math.imul(hash, 16_777_619) ^ c.charCodeAt(0)) >>> 0
  return hash & 1023
}

/**
 * @param own what the shell exports, in the order in which it came to be
 * @param only what stands before the command: `A=1 command`
 * @param path of the program, which bash tells it
 */
export function environment(
  shell: Shell,
  own: Readonly<Record<string, string>>,
  only: Readonly<Record<string, string>> = {},
  path?: string,
): Record<string, string> {
  const bash = shell.dialect.name === 'bash'
  const names = Object.keys(bash ? own : { ...own, ...only }).filter(name => name !== '_' || !bash)
  const place = new Map(names.map(name => [name, bash ? listOfBash(name) : listOfSh(name)]))
  // In one list bash puts the newest first, the others last.
  if (bash) names.reverse()
  names.sort((a, b) => place.get(a)! - place.get(b)!)
  if (!bash) return Object.fromEntries(names.map(name => [name, only[name] ?? own[name]!]))
  const before = Object.entries(only).reverse()
  const rest = names.filter(name => !Object.hasOwn(only, name)).map(name => [name, own[name]!])
  return Object.fromEntries([...before, ...rest, ...(path === undefined ? [] : [['_', path]])])
}
