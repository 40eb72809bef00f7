/** Signals while one edits: Ctrl-C begins anew at the top, Ctrl-Z stops, a new size is drawn. */
import type { Editor } from './editor.ts'
import { cooked, raw } from './terminal-mode.ts'

/** Ctrl-C: whatever was going on is given up. */
export class Interrupted extends Error {}

const SIGNALS = { INT: 'interrupt', WINCH: 'resize', TSTP: 'stop' } as const

/** @returns what ends it */
export function listen({ process, happened }: Editor): () => void {
  for (const [signal, what] of Object.entries(SIGNALS) as [keyof typeof SIGNALS, keyof typeof happened][])
    process.on(signal, () => {
      happened[what] = true
    })
  return () => {
    for (const signal of Object.keys(SIGNALS) as (keyof typeof SIGNALS)[]) process.on(signal, undefined)
  }
}

/** @throws Interrupted */
export async function attend(editor: Editor): Promise<void> {
  const { happened, process, screen } = editor
  if (happened.stop) {
    happened.stop = false
    screen.clearBottom()
    await editor.flush()
    cooked(editor)
    process.kill(process.pid, 'STOP')
    // It goes on here once somebody lets it.
    await process.sleep(0)
    raw(editor)
    await editor.redraw()
  }
  if (happened.resize) {
    happened.resize = false
    await editor.redraw()
  }
  if (!happened.interrupt) return
  happened.interrupt = false
  throw new Interrupted()
}
