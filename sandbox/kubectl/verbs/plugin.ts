/** kubectl plugin list: programs called kubectl-… on the PATH. */
import { KubectlError } from '../errors.ts'
import type { Kubectl } from '../kubectl.ts'
import { commands } from '../verbs.ts'

export async function list(k: Kubectl): Promise<void> {
  const found: { name: string; path: string }[] = []
  for (const folder of new Set((k.io.env.PATH ?? '').split(':').filter(Boolean)))
    for (const name of (await k.io.files.list(folder)) ?? [])
      if (name.startsWith('kubectl-')) found.push({ name, path: `${folder}/${name}` })
  if (!found.length) throw new KubectlError('unable to find any kubectl plugins in your PATH')
  await k.out('The following compatible plugins are available:\n\n')
  const seen = new Map<string, string>()
  let warnings = 0
  for (const { name, path } of found) {
    await k.out(`${k.flags.bool('name-only') ? name : path}\n`)
    for (const words of await problems(k, name, path, seen.get(name))) {
      warnings++
      await k.err(`  - warning: ${words}\n`)
    }
    if (!seen.has(name)) seen.set(name, path)
  }
  if (warnings)
    throw new KubectlError(warnings === 1 ? 'one plugin warning was found' : `${warnings} plugin warnings were found`)
}

/** Why a program does not do as a plugin. */
async function problems(k: Kubectl, name: string, path: string, earlier: string | undefined): Promise<string[]> {
  const words: string[] = []
  if ((await k.io.files.executable?.(path)) === false)
    words.push(`${path} identified as a kubectl plugin, but it is not executable`)
  if (earlier) words.push(`${path} is overshadowed by a similarly named plugin: ${earlier}`)
  const verb = name.split('-')[1]
  if (name.split('-').length === 2 && commands.some(c => c.name === verb))
    words.push(`${name} overwrites existing command: "kubectl ${verb}"`)
  return words
}
