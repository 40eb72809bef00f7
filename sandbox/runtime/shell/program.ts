/** `sh` as a program: its own flags, a script from `-c`, a file or standard input, or a person at a terminal. */
import { isErrno } from '../errno.ts'
import { DEFAULT_PATH } from '../processes/exec.ts'
import type { Process, Program } from '../processes/process.ts'
import { importFunctions } from './builtins/exported-functions.ts'
import { shopt, startShopts } from './builtins/shopt.ts'
import { ExitShell, Interrupted } from './control.ts'
import type { Dialect } from './dialect.ts'
import { type InteractiveOptions, interact } from './interactive/interactive.ts'
import { setOption } from './options.ts'
import { parseScript } from './parse.ts'
import { interpreter } from './run.ts'
import { Shell } from './shell.ts'

/** @param person history, completion and notice of commands, where a person's session is kept */
export const shellProgram =
  (dialect: Dialect['name'], person: InteractiveOptions = {}): Program =>
  async process => {
    const words = process.argv.slice(1)
    let script: string | undefined
    let fromInput = false
    let interactive = false
    const shell = new Shell(process, { dialect, interpreter, name: (process.argv[0] ?? 'sh').replace(/^-/, '') })
    process.memory = dialect === 'bash' ? 3_500_000 : 800_000
    if (dialect !== 'dash') {
      shell.variables.set('SHLVL', { value: String((Number(process.env.SHLVL) || 0) + 1), exported: true })
      shell.exportToProcess('SHLVL', shell.get('SHLVL'))
    }
    shell.exportToProcess('PWD', process.cwd)
    if (dialect === 'bash') {
      startShopts(shell)
      importFunctions(shell)
    }
    // Who was given no PATH has one that it tells nobody of.
    if (!shell.variables.has('PATH')) shell.variables.set('PATH', { value: DEFAULT_PATH })
    while (words[0] && /^[-+]./.test(words[0]) && words[0] !== '--') {
      const word = words.shift()!
      if (word.startsWith('--')) {
        if (dialect === 'bash' && !LONG_FLAGS.test(word)) return wrongFlag(shell, word)
        if (dialect === 'dash') return fail(shell, '0: Illegal option --')
        if (/^--(rcfile|init-file)$/.test(word)) words.shift()
        continue
      }
      for (const letter of word.slice(1)) {
        if (letter === 'c') script = ''
        else if (letter === 's') fromInput = true
        else if (letter === 'i') interactive = true
        else if (letter === 'l') continue
        else if (letter === 'o' || (letter === 'O' && dialect === 'bash')) {
          const name = words.shift() ?? ''
          if (letter === 'O') {
            if (await shopt(shell, [word[0] === '-' ? '-s' : '-u', name], 'shopt')) return 2
          } else if (!setOption(shell, name, word[0] === '-')) {
            if (dialect === 'bash') return fail(shell, `${name}: invalid option name`)
            return refuse(shell, `illegal option -o ${name}`)
          }
        } else if (!setOption(shell, letter, word[0] === '-')) {
          if (dialect === 'bash') return wrongFlag(shell, `-${letter}`)
          if (dialect === 'dash') return fail(shell, `0: Illegal option -${letter}`)
          return refuse(shell, `illegal option -${letter}`)
        }
      }
    }
    if (words[0] === '--' || words[0] === '-') words.shift()
    if (script !== undefined) {
      const text = words.shift()
      if (text === undefined) {
        if (dialect === 'ash') return refuse(shell, '-c requires an argument')
        return fail(shell, dialect === 'bash' ? '-c: option requires an argument' : '0: -c requires an argument')
      }
      shell.from = 'argument'
      if (words.length) shell.name = words.shift()!
      shell.params = words
      // busybox counts its lines from nothing.
      return shell.main(text, { tail: true, ...(dialect === 'ash' && { text: { firstLine: 0 } }) })
    }
    if (words.length && !fromInput) {
      const file = words.shift()!
      shell.params = words
      try {
        const text = process.fs.readFile(file)
        shell.name = file
        return await shell.main(text)
      } catch (error) {
        if (!isErrno(error)) throw error
        await process.write(
          2,
          dialect === 'bash'
            ? `${shell.name}: ${file}: ${error.message}\n`
            : dialect === 'dash'
              ? `${shell.name}: 0: cannot open ${file}: ${error.code === 'ENOENT' ? 'No such file' : error.message}\n`
              : `${shell.name}: can't open '${file}': ${error.message}\n`,
        )
        return dialect === 'ash' ? 2 : dialect === 'dash' ? 2 : 127
      }
    }
    shell.params = words
    shell.from = 'input'
    if (interactive || process.fds[0]?.isTerminal) return interact(shell, person)
    return fromStandardInput(shell, process)
  }

const LONG_FLAGS =
  /^--(debug|debugger|dump-(po-)?strings|help|init-file|login|noediting|noprofile|norc|posix|pretty-print|rcfile|restricted|verbose|version)$/

/** What a shell says before it is one: without a line. */
async function fail(shell: Shell, message: string): Promise<number> {
  await shell.process.write(2, `${shell.name}: ${message}\n`)
  return 2
}

/** bash's first line about it; the list of its flags that follows is left out. */
const wrongFlag = (shell: Shell, flag: string): Promise<number> => fail(shell, `${flag}: invalid option`)

async function refuse(shell: Shell, message: string): Promise<number> {
  await shell.complain(message)
  return 2
}

/** Line by line, so that a command may read what follows it. */
async function fromStandardInput(shell: Shell, process: Process): Promise<number> {
  let text = ''
  let firstLine = 1
  try {
    for (;;) {
      let line = ''
      for (let c = await process.read(0, 1); c; c = await process.read(0, 1)) {
        line += c
        if (c === '\n') break
      }
      text += line
      if (line && parseScript(text).error?.incomplete) continue
      const ready = text
      text = ''
      try {
        if (ready.trim()) await shell.evaluate(ready, { text: { firstLine } })
        firstLine += ready.split('\n').length - 1
      } catch (error) {
        if (error instanceof Interrupted) continue
        throw error
      }
      if (!line.endsWith('\n')) break
    }
  } catch (error) {
    if (error instanceof ExitShell) shell.status = error.status
    else shell.status = await shell.ended(error)
  }
  return shell.finish()
}
