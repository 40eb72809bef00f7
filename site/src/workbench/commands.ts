/** Commands for the cluster: typed into a terminal, given by the prose or by a button. All wait until there is a cluster. */
import type { Engine } from './engine.ts'
import { type Files, inShell } from './files.ts'
import type { WorkbenchHandle } from './handle.ts'
import type { State } from './state.ts'
import type { Store } from './store.ts'

export interface Commands extends Pick<WorkbenchHandle, 'run' | 'fault' | 'check'> {
  /** Keys pressed in a terminal. A command sees the files as they are in the editor. */
  type(terminal: number, data: string): void
  apply(path: string): Promise<void>
}

/** @param begin opens the cluster, if that has not been done */
export function createCommands(
  engine: Engine,
  state: Store<State>,
  files: Files,
  begin: () => Promise<void>,
): Commands {
  async function command(line: string): Promise<void> {
    await begin()
    await files.flush()
    await engine.input({ type: 'command', terminal: state.get().terminal, line })
  }
  return {
    async run(commands, skipMs) {
      await command(commands)
      if (skipMs > 0) await engine.skip(skipMs)
    },
    async fault(line, skipMs) {
      await begin()
      await engine.input({ type: 'fault', command: line })
      if (skipMs > 0) await engine.skip(skipMs)
    },
    async check(exercise) {
      await begin()
      await files.flush()
      return engine.check(exercise)
    },
    type(terminal, data) {
      void (async () => {
        if (data.includes('\r')) await files.flush()
        await engine.input({ type: 'terminal', terminal, data })
      })().catch(console.error)
    },
    async apply(path) {
      if (!files.refuses(path)) await command(`kubectl apply -f ${inShell(path)}`)
    },
  }
}
