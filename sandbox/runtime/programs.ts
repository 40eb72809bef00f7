/**
 * From an executable file to what it does. A binary's content only names its program, so that copying one, or finding it
 * on a shared volume, works as with real ones.
 */

import type { Loader } from './kernel/kernel.ts'
import type { Process, Program } from './processes/process.ts'
import { procfs } from './pseudofs/procfs-part.ts'
import type { Dialect } from './shell/dialect.ts'

const MAGIC = '\x7fELF\x02\x01\x01\0'

/** The content of an executable file that runs `name`. @param carried what is built into this copy of it, such as a version */
export const binary = (name: string, carried = ''): string => `${MAGIC}${name}\0${carried && `${carried}\0`}`

/** A program that may behave by what its file carries. */
export type CarryingProgram = (process: Process, carried: string) => ReturnType<Program>

/** A program of a module that is loaded with it; only the first process has to wait, while time stands still. */
export function lazily<M>(load: () => Promise<M>, take: (module: M) => Program): Program {
  let program: Program | undefined
  return process =>
    program ? program(process) : process.load(load()).then(module => (program = take(module))(process))
}

/** As `lazily`, of a program that behaves by what its file carries. */
export const carriedLazily =
  <M>(load: () => Promise<M>, take: (module: M) => CarryingProgram): CarryingProgram =>
  (process, carried) =>
    process.load(load()).then(module => take(module)(process, carried))

type Toolbox = typeof import('./toolbox.ts')

/** With what its tools look at. */
async function loadToolbox(): Promise<Toolbox> {
  const [tools] = await Promise.all([import('./toolbox.ts'), procfs.load()])
  return tools
}

const known = new Map<string, Program>()

/** A program of the toolbox, made once. */
function tool(name: string, take: (tools: Toolbox) => Program): Program {
  let program = known.get(name)
  if (!program) known.set(name, (program = lazily(loadToolbox, take)))
  return program
}

/** The tools of all worlds, apart from what belongs to one: whatever is kept here outlives them. */
function toolOf(name: string): Program | undefined {
  if (name === 'busybox') return tool(name, tools => tools.busybox)
  const [family, which] = name.split('/') as [string, string]
  if (family === 'shell') return tool(name, tools => tools.shell(which as Dialect['name']))
  if (family === 'gnu') return tool(name, tools => tools.gnu(which))
  return undefined
}

export const programLoader = (programs: Readonly<Record<string, CarryingProgram>>): Loader => {
  const load = (content: string): ReturnType<Loader> => {
    const [name = '', carried = ''] = content.slice(MAGIC.length).split('\0', 2)
    const tool = toolOf(name)
    if (tool) return { program: tool }
    const program = programs[name]
    return program && { program: carried ? process => program(process, carried) : (program as Program) }
  }
  // The few binaries of a world's images are started again and again.
  const loaded = new Map<string, ReturnType<Loader>>()
  return content => {
    if (!content.startsWith(MAGIC)) return undefined
    let found = loaded.get(content)
    if (!found) {
      if (loaded.size >= 200) loaded.clear()
      loaded.set(content, (found = load(content)))
    }
    return found
  }
}
