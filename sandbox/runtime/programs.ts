/**
 * From an executable file to what it does. A binary's content only names its program, so that copying one, or finding it
 * on a shared volume, works as with real ones.
 */

import type { Loader } from './kernel.ts'
import type { Program } from './process.ts'
import type { Dialect } from './shell/dialect.ts'

const MAGIC = '\x7fELF\x02\x01\x01\0'

/** The content of an executable file that runs `name`. */
export const binary = (name: string): string => `${MAGIC}${name}\0`

type Toolbox = typeof import('./toolbox.ts')
let toolbox: Toolbox | undefined

/** A program of the toolbox; only the first process has to wait for it, while time stands still. */
const fromToolbox =
  (take: (tools: Toolbox) => Program): Program =>
  process =>
    toolbox
      ? take(toolbox)(process)
      : process.load(import('./toolbox.ts')).then(tools => take((toolbox = tools))(process))

const BUSYBOX = fromToolbox(tools => tools.busybox)

export const programLoader =
  (programs: Readonly<Record<string, Program>>): Loader =>
  content => {
    if (!content.startsWith(MAGIC)) return undefined
    const name = content.slice(MAGIC.length, content.indexOf('\0', MAGIC.length))
    if (name === 'busybox') return { program: BUSYBOX }
    const [family, tool] = name.split('/') as [string, string]
    if (family === 'shell') return { program: fromToolbox(tools => tools.shell(tool as Dialect['name'])) }
    if (family === 'gnu') return { program: fromToolbox(tools => tools.gnu(tool)) }
    const program = programs[name]
    return program && { program }
  }
