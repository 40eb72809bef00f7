/** Commands whose output stands in a word: `$(…)`, `<(…)`. */
import type { ParsedScript, ProcessSubstitutionPart } from 'unbash'
import { pipe, release, retain } from '../../processes/streams.ts'
import type { Shell } from '../shell.ts'

/** The output of a command, without the newlines at its end. */
export async function substitute(
  shell: Shell,
  text: string,
  script: ParsedScript | undefined,
  pos?: number,
): Promise<string> {
  const { reader, writer } = pipe()
  const fork = shell.fork()
  const child = shell.process.spawn({
    argv: shell.process.argv,
    fds: { 1: writer },
    program: process => shell.interpreter.substitution(fork(process), script, text, pos),
  })
  let out = ''
  for (;;) {
    const data = await reader.read(shell.process)
    if (!data) break
    out += data
  }
  shell.substituted = await waitFor(shell, child.pid)
  // To the shells of sh `$?` is what it was until the command has run.
  if (shell.dialect.name === 'bash') shell.status = shell.substituted
  reader.close()
  return out.replace(/\n+$/, '').replaceAll('\0', '')
}

/** Waits for a child whatever signals are caught meanwhile. */
async function waitFor(shell: Shell, pid: number): Promise<number> {
  for (;;) {
    try {
      return (await shell.process.wait(pid)).status.code
    } catch (error) {
      if ((error as { code?: string }).code !== 'EINTR') throw error
    }
  }
}

/** `<(command)`: a file that is the command's output; it is there as long as the command that it was written for. */
export function processSubstitution(shell: Shell, part: ProcessSubstitutionPart): string {
  const { reader, writer } = pipe()
  const [mine, theirs] = part.operator === '<' ? [reader, writer] : [writer, reader]
  const { fds } = shell.process
  // bash counts down from here, busybox up from the next.
  const step = shell.dialect.name === 'bash' ? -1 : 1
  let fd = step < 0 ? 63 : 64
  while (fds[fd]) fd += step
  const fork = shell.fork()
  shell.process.spawn({
    argv: shell.process.argv,
    fds: { [part.operator === '<' ? 1 : 0]: theirs },
    program: process => shell.interpreter.substitution(fork(process), part.script, part.text),
  })
  fds[fd] = retain(mine)
  shell.openSubstitutions.push(fd)
  return `/dev/fd/${fd}`
}

/** Closes what the last command held; @param before what those around it hold */
export function closeSubstitutions(shell: Shell, before: number[]): void {
  const { fds } = shell.process
  for (const fd of shell.openSubstitutions) {
    if (fds[fd]) release(fds[fd])
    delete fds[fd]
  }
  shell.openSubstitutions = before
}
