/** Builtins that deal with background jobs: wait, jobs, fg and bg; and what is said of a child that a signal has ended. */
import { isErrno } from '../errno.ts'
import { type ExitStatus, SIGNAL_NUMBER } from '../process.ts'
import { type Builtin, out } from './builtin.ts'
import { type Job, signalWords } from './jobs.ts'
import type { Shell } from './shell.ts'

/** `Killed`, in a script too; bash says where and of which process, but of SIGTERM only the word, and only if it waited for nothing else. */
export async function reportEnd(
  shell: Shell,
  pid: number,
  status: ExitStatus,
  command: string,
  inForeground = false,
): Promise<void> {
  const { signal } = status
  if (!signal || signal === 'INT' || signal === 'PIPE') return
  const words = signalWords(signal)
  if (shell.dialect.name !== 'bash' || shell.interactive || (signal === 'TERM' && inForeground))
    await shell.process.write(2, `${words}\n`).catch(() => {})
  else if (signal !== 'TERM') await shell.complain(`${String(pid).padStart(5)} ${words.padEnd(24)}${command}`)
}

async function statusOf(shell: Shell, job: Job): Promise<ExitStatus> {
  const status = job.status ?? (await shell.process.wait(job.pid)).status
  shell.jobs.remove(job)
  return status
}

export const wait: Builtin = async (shell, args) => {
  const { jobs } = shell
  let last = 0
  try {
    if (!args.length) {
      for (const job of [...jobs.list]) {
        await statusOf(shell, job).catch(error => {
          if (!isErrno(error, 'ECHILD')) throw error
        })
      }
      jobs.list.length = 0
      return 0
    }
    for (const word of args) {
      const job = word.startsWith('%') ? jobs.find(word) : jobs.byPid(Number(word))
      if (job) {
        const status = await statusOf(shell, job)
        await reportEnd(shell, job.pid, status, job.command)
        last = status.code
        continue
      }
      last = await unknown(shell, word)
    }
    return last
  } catch (error) {
    if (!isErrno(error, 'EINTR')) throw error
    return 128 + SIGNAL_NUMBER[shell.pending[0] ?? 'INT']
  }
}

async function unknown(shell: Shell, word: string): Promise<number> {
  if (shell.dialect.name === 'bash') {
    await shell.complain(
      word.startsWith('%') ? `wait: ${word}: no such job` : `wait: pid ${word} is not a child of this shell`,
    )
    return 127
  }
  if (!word.startsWith('%')) return 127
  await shell.complainOf('wait', shell.dialect.name === 'dash' ? `No such job: ${word}` : `${word}: no such job`)
  return 2
}

export const jobs: Builtin = async (shell, args) => {
  await refreshJobs(shell)
  for (const job of [...shell.jobs.list]) {
    await out(shell, args.includes('-p') ? `${job.pid}\n` : `${shell.jobs.describe(job, shell.dialect.name)}\n`)
    if (job.state === 'done') shell.jobs.remove(job)
  }
}

/** Notes which background jobs have ended meanwhile. */
export async function refreshJobs(shell: Shell): Promise<void> {
  for (const job of shell.jobs.list) {
    if (job.state === 'done') continue
    try {
      const state = shell.process.poll(job.pid)
      if (state === 'stopped') job.state = 'stopped'
      else if (state) {
        job.state = 'done'
        job.status = state
      }
    } catch {
      job.state = 'done'
    }
  }
}

/** `fg` and `bg`. */
export const resume =
  (inForeground: boolean): Builtin =>
  async (shell, args, name) => {
    const job = shell.jobs.find(args[0] ?? '%%')
    if (!job) {
      if (shell.interactive) await shell.complain(`${name}: ${args[0] ?? '%%'}: no such job`)
      else await shell.complainOf(name, shell.dialect.name === 'bash' ? 'no job control' : 'No current job')
      return shell.interactive || shell.dialect.name === 'bash' ? 1 : 2
    }
    job.state = 'running'
    shell.process.kill(-job.group, 'CONT')
    if (!inForeground) return void (await out(shell, `[${job.id}] ${job.command}\n`))
    await out(shell, `${job.command}\n`)
    shell.jobs.remove(job)
    await shell.interpreter.foreground(shell, [job.pid], job.group, job.command)
    return shell.status
  }

/** bash's `disown`: jobs of which the shell shall know nothing any more. */
export const disown: Builtin = async (shell, args) => {
  const words = args.filter(arg => !/^-[ahr]+$/.test(arg))
  if (args.some(arg => /^-a/.test(arg))) {
    shell.jobs.list.length = 0
    return 0
  }
  for (const word of words.length ? words : ['%%']) {
    const job = word.startsWith('%') ? shell.jobs.find(word) : shell.jobs.byPid(Number(word))
    if (!job) {
      await shell.complain(`disown: ${words.length ? word : 'current'}: no such job`)
      return 1
    }
    shell.jobs.remove(job)
  }
  return 0
}
