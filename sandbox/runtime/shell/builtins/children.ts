/** Builtins that deal with background jobs: wait, jobs, fg and bg; and what is said of a child that a signal has ended. */
import { isErrno } from '../../errno.ts'
import { type ExitStatus, SIGNAL_NUMBER } from '../../processes/process.ts'
import { type Job, signalWords } from '../jobs.ts'
import type { Shell } from '../shell.ts'
import { type Builtin, out } from './builtin.ts'

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
  job.status ??= (await shell.process.wait(job.pid)).status
  job.state = 'done'
  job.waited = true
  return job.status
}

/** The options of `wait` in each shell. */
const WAIT_OPTIONS = { ash: 'n', dash: '', bash: 'fnp' } as const

/** `wait`: for all, or for some; `-n` for the next that ends, whose process bash's `-p` names. */
export const wait: Builtin = async (shell, args) => {
  const { jobs, dialect } = shell
  const words = [...args]
  let next = false
  let variable: string | undefined
  while (/^-[^-]/.test(words[0] ?? '')) {
    const letters = words.shift()!.slice(1)
    const wrong = [...letters].find(letter => !WAIT_OPTIONS[dialect.name].includes(letter))
    if (wrong !== undefined) return refuseWaitOption(shell, wrong)
    if (letters.includes('p')) variable = words.shift()
    next ||= letters.includes('n')
  }
  if (words[0] === '--') words.shift()
  try {
    if (next) return await waitForNext(shell, words, variable)
    if (!words.length) {
      jobs.list.splice(0, jobs.list.length, ...jobs.list.filter(job => !job.inherited))
      for (const job of [...jobs.list]) {
        await statusOf(shell, job).catch(error => {
          if (!isErrno(error, 'ECHILD')) throw error
          job.state = 'done'
        })
      }
      // bash has said nothing of them and will not; the others show them once more.
      if (shell.dialect.name === 'bash' && !shell.has('m')) jobs.list.length = 0
      return 0
    }
    let last = 0
    for (const word of words) {
      const job = word.startsWith('%') ? jobs.find(word) : jobs.byPid(Number(word))
      if (!job) {
        last = await unknown(shell, word)
        continue
      }
      const told = job.waited || (shell.dialect.name !== 'bash' && job.status !== undefined)
      const status = await statusOf(shell, job)
      if (!told) await reportEnd(shell, job.pid, status, job.command)
      if (variable !== undefined) shell.set(variable, String(job.pid))
      last = status.code
    }
    return last
  } catch (error) {
    if (!isErrno(error, 'EINTR')) throw error
    return 128 + SIGNAL_NUMBER[shell.pending[0] ?? 'INT']
  }
}

async function refuseWaitOption(shell: Shell, letter: string): Promise<number> {
  if (shell.dialect.name === 'bash') {
    await shell.complain(`wait: -${letter}: invalid option`)
    await shell.process.write(2, 'wait: usage: wait [-fn] [-p var] [id ...]\n')
  } else await shell.complainOf('wait', `${shell.dialect.name === 'ash' ? 'illegal' : 'Illegal'} option -${letter}`)
  return 2
}

/** The first of some jobs to end, or of all. */
async function waitForNext(shell: Shell, words: readonly string[], variable: string | undefined): Promise<number> {
  const { jobs, process } = shell
  const named = words.flatMap(word => (word.startsWith('%') ? jobs.find(word) : jobs.byPid(Number(word))) ?? [])
  const open = (words.length ? named : jobs.list).filter(job => !job.inherited && !job.waited)
  if (!open.length) return 127
  for (;;) {
    await refreshJobs(shell)
    const ended = open.find(job => job.state === 'done')
    if (ended) {
      const status = await statusOf(shell, ended)
      if (variable !== undefined) shell.set(variable, String(ended.pid))
      // busybox 1.36 takes for the status of the job what only says that it has failed.
      return shell.dialect.name === 'ash' && status.code ? 129 : status.code
    }
    const { pid, status } = await process.wait()
    const job = jobs.byPid(pid)
    if (!job) continue
    job.status = status
    job.state = 'done'
  }
}

async function unknown(shell: Shell, word: string): Promise<number> {
  const isJob = word.startsWith('%')
  if (shell.dialect.name === 'bash') {
    const isNumber = /^\d+$/.test(word)
    await shell.complain(
      isJob
        ? `wait: ${word}: no such job`
        : isNumber
          ? `wait: pid ${word} is not a child of this shell`
          : `wait: \`${word}': not a pid or valid job spec`,
    )
    return isJob || isNumber ? 127 : 1
  }
  if (/^\d+$/.test(word)) return 127
  const refusal = !isJob
    ? `Illegal number: ${word}`
    : shell.dialect.name === 'dash'
      ? `No such job: ${word}`
      : `${word}: no such job`
  await shell.complainOf('wait', refusal)
  return 2
}

export const jobs: Builtin = async (shell, args) => {
  await refreshJobs(shell)
  const bash = shell.dialect.name === 'bash'
  // The shells of sh begin with the latest.
  const list = bash ? [...shell.jobs.list] : [...shell.jobs.list].reverse()
  const lines = list.map(job =>
    args.includes('-p') ? String(job.pid) : shell.jobs.describe(job, shell.dialect.name, args.includes('-l')),
  )
  await out(shell, lines.map(line => `${line}\n`).join(''))
  for (const job of list) if (job.state === 'done') shell.jobs.remove(job)
}

/** Notes which background jobs have ended meanwhile. */
export async function refreshJobs(shell: Shell): Promise<void> {
  for (const job of shell.jobs.list) {
    if (job.state === 'done' || job.inherited) continue
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
    if (!shell.interactive && shell.dialect.name !== 'bash') {
      await shell.complainOf(name, 'job (null) not created under job control')
      return 2
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
