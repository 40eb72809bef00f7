/**
 * kubectl as a program of the simulated machine: one more command in the learner's shell.
 *
 * It asks the API in process, and everything that takes time blocks by the process' own system calls, so that virtual
 * time passes as it should.
 */

import type { Process, Program } from '../../runtime/processes/process.ts'
import { COOKED, RAW, terminalOf } from '../../runtime/processes/terminal.ts'
import type { Io } from '../io.ts'
import { runKubectl } from '../main.ts'
import { editFile } from './editor.ts'
import { processFiles } from './files.ts'
import type { Host } from './host.ts'
import { transport } from './transport.ts'

export const kubectlProgram =
  (host: Host): Program =>
  process =>
    runKubectl(process.argv.slice(1), processIo(process, host))

const LETTERS = 'bcdfghjklmnpqrstvwxz2456789'

function processIo(process: Process, host: Host): Io {
  const terminal = terminalOf(process.fds[0])
  return {
    transport: config => transport(process, host, config),
    files: processFiles(process),
    env: process.env,
    cwd: process.cwd,
    pid: process.pid,
    ...(host.server !== undefined && { defaultServer: host.server }),
    read: () => process.read(0),
    out: text => process.write(1, text),
    err: text => process.write(2, text),
    isTerminal: fd => process.fds[fd]?.isTerminal ?? false,
    size: () => process.fds[1]?.size ?? process.fds[0]?.size,
    raw(on) {
      if (terminal) terminal.mode = on ? RAW : COOKED
    },
    onResize(notify) {
      process.on('WINCH', () => {
        const size = process.fds[0]?.size
        if (size) notify(size)
      })
      return () => process.on('WINCH', undefined)
    },
    serve: async (address, port, answer) =>
      (await process.load(import('./serving.ts'))).serve(process, address, port, answer, own => processIo(own, host)),
    now: () => process.clock.now(),
    sleep: ms => process.sleep(ms),
    random: n => Array.from({ length: n }, () => LETTERS[process.random.int(LETTERS.length)]).join(''),
    edit: (path, text) => editFile(process, host, path, text),
    background(work) {
      const child = process.spawn({
        argv: process.argv,
        program: async own => {
          await work(processIo(own, host))
          return 0
        },
      })
      let ended = false
      const done = async (): Promise<void> => {
        if (ended) return
        ended = true
        await process.wait(child.pid)
      }
      return {
        done,
        async stop() {
          if (!ended) process.kill(child.pid, 'KILL')
          await done()
        },
      }
    },
  }
}
