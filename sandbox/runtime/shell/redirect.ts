/** Redirections: what a command's descriptors lead to, and putting them back. */
import type { Redirection, Word } from 'unbash'
import type { ErrnoCode } from '../errno.ts'
import { isErrno } from '../errno.ts'
import type { Stream } from '../processes/process.ts'
import { CLOSE_ON_EXEC, release, retain, textStream } from '../processes/streams.ts'
import { ShellError } from './control.ts'
import { expandParts, expandString, expandWord } from './expansion/expand.ts'
import { isAddress, openAddress } from './network-redirect.ts'
import type { Shell } from './shell.ts'

/** A redirection that failed: the command is not run, its status is 1. */
export class RedirectError extends Error {}

export interface Redirected {
  /** Puts the descriptors back as they were. */
  undo(): void
  /** Keeps them for good, as `exec` does. */
  keep(): void
}

export async function redirect(shell: Shell, redirections: readonly Redirection[]): Promise<Redirected> {
  const fds = shell.process.fds
  // What was there is kept at a high number, where the kernel finds it should the process end.
  const saved = new Map<number, number>()
  const put = (fd: number, stream: Stream | undefined): void => {
    const old = fds[fd]
    if (saved.has(fd)) {
      if (old) release(old)
    } else {
      let spare = CLOSE_ON_EXEC
      while (fds[spare]) spare++
      saved.set(fd, spare)
      if (old) fds[spare] = old
    }
    if (stream) fds[fd] = retain(stream)
    else delete fds[fd]
  }
  const result: Redirected = {
    undo() {
      for (const [fd, spare] of saved) {
        if (fds[fd]) release(fds[fd])
        if (fds[spare]) fds[fd] = fds[spare]
        else delete fds[fd]
        delete fds[spare]
      }
    },
    keep() {
      for (const spare of saved.values()) {
        if (fds[spare]) release(fds[spare])
        delete fds[spare]
      }
    },
  }
  try {
    for (const redirection of redirections) await apply(shell, redirection, put)
  } catch (error) {
    result.undo()
    throw error
  }
  return result
}

/** Where a redirection leads to. To bash it is a word like any other, of which there must be one. */
async function targetOf(shell: Shell, target: Word | undefined): Promise<string> {
  if (shell.dialect.name !== 'bash' || !target?.parts) return expandString(shell, target)
  const words = await expandWord(shell, target)
  if (words.length !== 1) throw new RedirectError(`${target.text}: ambiguous redirect`)
  return words[0]!
}

async function apply(
  shell: Shell,
  redirection: Redirection,
  put: (fd: number, stream: Stream | undefined) => void,
): Promise<void> {
  const { fds } = shell.process
  const fd = redirection.descriptor?.type === 'FileDescriptor' ? redirection.descriptor.value : undefined
  if (redirection.type === 'HereDoc') {
    const { text, parts } = redirection.body
    const body = parts
      ? await expandParts(shell, parts)
      : redirection.delimiter?.quoted
        ? text
        : text.replace(/\\(?:\n|([\\$`]))/g, '$1')
    // bash ends the last line where the text of the script does not.
    const whole = body && !body.endsWith('\n') && shell.dialect.name === 'bash' ? `${body}\n` : body
    return put(fd ?? 0, textStream(redirection.operator === '<<-' ? whole.replace(/^\t+/gm, '') : whole))
  }
  if (redirection.type === 'HereString')
    return put(fd ?? 0, textStream(`${await expandString(shell, redirection.target)}\n`))
  const target = await targetOf(shell, redirection.target)
  const { operator } = redirection
  const from = fd ?? (operator.startsWith('<') ? 0 : 1)
  if (operator === '>&' || operator === '<&') {
    if (target === '-') return put(from, undefined)
    if (/^\d+$/.test(target)) {
      const stream = fds[Number(target)]
      if (!stream) throw new RedirectError(`${target}: Bad file descriptor`)
      return put(from, stream)
    }
    if (shell.dialect.name === 'dash') throw new ShellError('Syntax error: Bad fd number')
    if (shell.dialect.name === 'ash' && operator === '<&') throw new ShellError('redir error')
    if (shell.dialect.name === 'ash' && !target) throw new ShellError('syntax error: bad fd number')
  }
  const both = operator.startsWith('&') || (operator === '>&' && fd === undefined)
  if (isAddress(shell, target)) {
    const opened = await openAddress(shell, target)
    if (typeof opened === 'string') throw new RedirectError(opened)
    put(from, opened)
    if (both) put(2, opened)
    return
  }
  const how = operator === '<' ? 'r' : operator === '<>' ? 'rw' : operator.endsWith('>>') ? 'a' : 'w'
  try {
    if (
      how === 'w' &&
      shell.has('C') &&
      operator !== '>|' &&
      shell.process.fs.exists(target) &&
      shell.process.fs.stat(target).type === 'file'
    ) {
      throw new RedirectError(shell.dialect.cannotCreate(target, 'EEXIST'))
    }
    const stream = shell.process.fs.open(target, how)
    put(from, stream)
    if (both) put(2, stream)
  } catch (error) {
    if (!isErrno(error)) throw error
    const code = error.code as ErrnoCode
    throw new RedirectError(
      how === 'r' ? shell.dialect.cannotOpen(target, code) : shell.dialect.cannotCreate(target, code),
    )
  }
}
