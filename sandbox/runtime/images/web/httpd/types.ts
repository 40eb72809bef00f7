/** TypesConfig: the file that says which ending is of which type. */
import { isErrno } from '../../../errno.ts'
import type { Host } from './host.ts'
import { absolute, type Reading } from './reading.ts'
import { ConfigError, type Directive, words } from './syntax.ts'

/** Those of the file come before all that a directive adds. @throws ConfigError */
export function typesOf(reading: Reading, tree: readonly Directive[], hosts: readonly Host[]): void {
  if (!reading.modules.has('mime')) return
  const named = tree.findLast(d => /^typesconfig$/i.test(d.name))
  const path = absolute(reading.root, words(named?.args ?? '')[0] ?? 'conf/mime.types')
  let text: string
  try {
    text = reading.process.fs.readFile(path)
  } catch (error) {
    if (!isErrno(error)) throw error
    throw new ConfigError(
      `(2)${error.message}: AH01597: could not open mime types config file ${path}.\nAH00016: Configuration Failed`,
    )
  }
  const types = new Map<string, string>()
  for (const line of text.split('\n')) {
    const [type, ...endings] = line.replace(/#.*/, '').trim().split(/\s+/)
    if (type) for (const ending of endings) types.set(ending.toLowerCase(), type)
  }
  for (const host of hosts) host.scope = { ...host.scope, types: new Map([...types, ...host.scope.types]) }
}
