/** The two kubectl, asked alike: a program of this machine, and our own in this process. */
import { spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Io } from '../../kubectl/io.ts'
import { runKubectl } from '../../kubectl/main.ts'
import { nodeIo } from '../../kubectl/node/main.node.ts'

export interface Said {
  code: number
  out: string
  err: string
}

/** With these arguments, in this folder, which is their home too. */
export type Asked = (args: readonly string[], home: string, stdin?: string) => Promise<Said>

const LONGEST_MS = 20_000

/** An editor that people can't see: what it does to a file is a script of sed's in the home. */
const environment = (home: string): Record<string, string> => ({
  HOME: home,
  PATH: process.env.PATH ?? '',
  TZ: 'UTC',
  EDITOR: 'sed -i -f edits',
})

/** Writes the configuration that leads to a server. */
export function pointAt(home: string, server: string): void {
  mkdirSync(join(home, '.kube'), { recursive: true })
  writeFileSync(
    join(home, '.kube/config'),
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [{ name: 'compared', cluster: { server } }],
      users: [{ name: 'admin', user: {} }],
      contexts: [{ name: 'compared', context: { cluster: 'compared', user: 'admin' } }],
      'current-context': 'compared',
    }),
  )
}

export const theirs =
  (program: string): Asked =>
  (args, home, stdin) =>
    new Promise(resolve => {
      const said: Said = { code: -1, out: '', err: '' }
      const child = spawn(program, args, {
        argv0: 'kubectl',
        cwd: home,
        env: { ...environment(home), GOMAXPROCS: '1', GOGC: 'off' },
      })
      child.stdout.setEncoding('utf8').on('data', text => (said.out += text))
      child.stderr.setEncoding('utf8').on('data', text => (said.err += text))
      child.stdin.on('error', () => undefined).end(stdin)
      const late = setTimeout(() => child.kill('SIGKILL'), LONGEST_MS)
      child.on('close', code => {
        clearTimeout(late)
        resolve({ ...said, code: code ?? -1 })
      })
    })

export const ours: Asked = async (args, home, stdin = '') => {
  const said: Said = { code: -1, out: '', err: '' }
  const pieces = [stdin]
  // Files and editors are found from where the process is.
  process.chdir(home)
  Object.assign(process.env, environment(home))
  const io: Io = {
    ...nodeIo,
    env: environment(home),
    cwd: home,
    isTerminal: () => false,
    size: () => undefined,
    read: async () => pieces.shift() ?? '',
    out: async text => void (said.out += text),
    err: async text => void (said.err += text),
    background(work) {
      const done = work(io).catch(() => undefined)
      return { done: () => done, stop: async () => undefined }
    },
  }
  const late = new Promise<number>(resolve => setTimeout(() => resolve(-1), LONGEST_MS).unref())
  said.code = await Promise.race([runKubectl(args, io), late])
  return said
}

/** As a shell takes a line apart: words, some of them in quotes. */
export const wordsOf = (line: string): string[] =>
  (line.match(/(?:"(?:\\.|[^"\\])*"|'[^']*'|[^\s"'])+/g) ?? []).map(word =>
    word.replace(
      /"((?:\\.|[^"\\])*)"|'([^']*)'/g,
      (whole, _, single?: string) => single ?? (JSON.parse(whole) as string),
    ),
  )
