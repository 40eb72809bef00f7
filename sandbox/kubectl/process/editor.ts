/** Editing a file: in the page's own editor, or by a program such as `sed -i …`. */
import type { Process } from '../../runtime/processes/process.ts'
import { absolute } from './files.ts'
import type { Host } from './host.ts'

/** Editors that are the page's own. */
const PANE_EDITORS = /^(vi|vim|nano)$/

/** An editor that is a program, such as `sed -i …`. */
async function runEditor(process: Process, program: string, file: string): Promise<string> {
  const argv = /["'\\\s]/.test(program) ? ['/bin/sh', '-c', `${program} ${JSON.stringify(file)}`] : [program, file]
  let child: Process
  try {
    child = process.spawn({ argv })
  } catch {
    throw new Error(`unable to launch the editor ${JSON.stringify(program)}`)
  }
  const { status } = await process.wait(child.pid)
  if (status.code) throw new Error(`there was a problem with the editor ${JSON.stringify(program)}`)
  return process.fs.readFile(file)
}

/** @returns what the file holds afterwards; null when it was closed without saving */
export async function editFile(process: Process, { edit }: Host, path: string, text: string): Promise<string | null> {
  const file = absolute(process, path)
  process.fs.writeFile(file, text)
  const program = process.env.KUBE_EDITOR || process.env.EDITOR || 'vi'
  if (!PANE_EDITORS.test(program)) return runEditor(process, program, file)
  if (!edit) throw new Error('unable to launch the editor "vi"')
  const edited = await edit(process, file, text)
  if (edited !== null) process.fs.writeFile(file, edited)
  return edited ?? text
}
