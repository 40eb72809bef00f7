/** Which file or built-in module a name means, as Node finds it, and its text. */
import { absolute, normalize } from '../files/path.ts'
import type { Process } from '../processes/process.ts'
import { BUILTINS } from './builtins.ts'

/** Packages that are installed on a machine: name → the text of the module. */
export type Packages = Readonly<Record<string, string>>

export class NodeError extends Error {
  readonly code: string
  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

const fileOf = (name: string): string => name.replace(/^file:\/\//, '')

export function resolveModule(process: Process, packages: Packages, specifier: string, from: string): string {
  const plain = specifier.replace(/^node:/, '')
  if (Object.hasOwn(BUILTINS, plain)) return `node:${plain}`
  if (specifier.startsWith('node:')) {
    if (/^node:[a-z_/]+$/.test(specifier))
      throw new NodeError('ERR_NOT_SIMULATED', `not simulated: the module '${specifier}'`)
    throw new NodeError('ERR_UNKNOWN_BUILTIN_MODULE', `No such built-in module: ${specifier}`)
  }
  if (/^(\.{0,2}\/|file:)/.test(specifier)) {
    const folder = fileOf(from).replace(/\/[^/]*$/, '') || '/'
    const path = normalize(absolute(folder, fileOf(specifier)))
    if (process.fs.exists(path)) return path
    throw new NodeError('ERR_MODULE_NOT_FOUND', `Cannot find module '${path}' imported from ${fileOf(from)}`)
  }
  if (Object.hasOwn(packages, specifier)) return `package:${specifier}`
  const [name] = /^(@[^/]+\/)?[^/]+/.exec(specifier) ?? [specifier]
  throw new NodeError('ERR_MODULE_NOT_FOUND', `Cannot find package '${name}' imported from ${fileOf(from)}`)
}

export function sourceOf(process: Process, packages: Packages, name: string): string {
  if (name.startsWith('package:')) return packages[name.slice('package:'.length)]!
  if (!name.startsWith('node:')) {
    const text = process.fs.readFile(fileOf(name))
    return name.endsWith('.json') ? `export default ${text}` : text
  }
  const module = `globalThis[Symbol.for('node.builtins')][${JSON.stringify(name.slice(5))}]`
  const names = BUILTINS[name.slice(5)] ?? []
  const exported = names.map(each => `${each} as ${each}`).join(', ')
  // `process.exit` and others use `this`, so members are bound where they are taken off.
  const taken = names.map(
    each => `const ${each} = typeof m.${each} === 'function' && m.on ? m.${each}.bind(m) : m.${each}`,
  )
  return `const m = ${module}\n${taken.join('\n')}\nexport default m\nexport { ${exported} }`
}
