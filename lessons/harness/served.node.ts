/** A cluster of `podlab serve` for one lesson alone, and the tools by which its solution makes time pass and things happen there. */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

const PATIENCE_MS = 60_000

const podlab = join(import.meta.dirname, '../../sandbox/bin/podlab.mjs')

export class ServedCluster {
  readonly kubeconfig: string
  readonly #happened: string
  readonly #bin: string
  readonly #server: ChildProcess

  /**
   * @param speed so many seconds pass in the cluster while one passes here
   * @param lesson the folder whose cluster it is; a plain one when absent
   */
  static async start(place: string, speed: number, lesson?: string): Promise<ServedCluster> {
    const cluster = new ServedCluster(place, speed, lesson)
    const deadline = Date.now() + PATIENCE_MS
    // It appears when the server answers.
    while (!existsSync(cluster.kubeconfig)) {
      if (cluster.#server.exitCode !== null || Date.now() > deadline) throw new Error('podlab serve does not start')
      await pause(100)
    }
    cluster.#writeTools(speed)
    return cluster
  }

  private constructor(place: string, speed: number, lesson: string | undefined) {
    this.kubeconfig = join(place, 'served.kubeconfig')
    this.#happened = join(place, 'happened')
    this.#bin = join(place, 'bin')
    const args = [podlab, 'serve', '--port', '0', '--kubeconfig', this.kubeconfig, '--speed', String(speed)]
    this.#server = spawn(process.execPath, [...args, ...(lesson ? ['--lesson', lesson] : [])], {
      stdio: ['ignore', 'ignore', 'inherit'],
    })
  }

  /** What a solution finds before all other programs. */
  get path(): string {
    return `${this.#bin}${delimiter}${process.env.PATH}`
  }

  /** What was made to happen, as checks see it. */
  faults(): string[] {
    return existsSync(this.#happened) ? readFileSync(this.#happened, 'utf8').split('\n').filter(Boolean) : []
  }

  stop(): void {
    this.#server.kill()
  }

  #writeTools(speed: number): void {
    const server = /server: (\S+)/.exec(readFileSync(this.kubeconfig, 'utf8'))?.[1]
    mkdirSync(this.#bin)
    const tool = (name: string, script: string): void =>
      writeFileSync(join(this.#bin, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 })
    tool('sleep', `PATH='${process.env.PATH}' exec sleep "$(awk "BEGIN { print $1 / ${speed} }")"`)
    tool('podlab', `echo "$*" >> '${this.#happened}'\nexec '${process.execPath}' '${podlab}' "$@" --server ${server}`)
  }
}
