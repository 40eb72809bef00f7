/** An instance of the classroom as a process of its own, to be measured and to be killed. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** With which everything here is sealed. */
export const SECRET = 'for measurements alone, and known to all'

export interface Instance {
  origin: string
  pid: number
  ask(path: string, cookie: string, body?: string): Promise<{ status: number; text: string }>
  /** MB that its process holds now, without those that verify. */
  memory(): number
  /** Seconds of a core that it has used so far. */
  cpu(): number
  /** At once, with no chance to finish anything. */
  kill(): Promise<void>
  stop(): Promise<void>
}

export const freePort = (): Promise<number> =>
  new Promise(done => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => done(port))
    })
  })

/** @param folder for the embedded database, and for a site of one page */
export async function startInstance(folder: string, databaseUrl?: string, port?: number): Promise<Instance> {
  const listening = port ?? (await freePort())
  const site = join(folder, 'site')
  mkdirSync(site, { recursive: true })
  writeFileSync(join(site, 'index.html'), '<!doctype html><head></head>')
  const child: ChildProcess = spawn(process.execPath, [join(import.meta.dirname, '../main.ts')], {
    env: {
      PATH: process.env.PATH,
      PORT: String(listening),
      DATA: join(folder, 'data'),
      SITE: site,
      SECRET,
      ...(databaseUrl && { DATABASE_URL: databaseUrl }),
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  // Whatever ends the measurement ends what is measured.
  const orphaned = (): boolean => child.kill('SIGKILL')
  process.once('exit', orphaned)
  const exited = new Promise<void>(done =>
    child.once('exit', () => {
      process.off('exit', orphaned)
      done()
    }),
  )
  const agent = new Agent({ keepAlive: true })
  const origin = `http://localhost:${listening}`
  const ask: Instance['ask'] = (path, cookie, body) =>
    new Promise((done, failed) => {
      const sent = request(
        `http://127.0.0.1:${listening}${path}`,
        { agent, method: body === undefined ? 'GET' : 'POST', headers: { cookie, origin } },
        response => {
          let text = ''
          response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
          response.on('end', () => done({ status: response.statusCode ?? 0, text })).on('error', failed)
        },
      )
      sent.on('error', failed)
      sent.end(body)
    })
  const end = (signal: NodeJS.Signals) => async () => {
    child.kill(signal)
    await exited
    agent.destroy()
  }
  while (true) {
    if (child.exitCode !== null || child.signalCode) throw new Error(`the classroom ended: ${child.exitCode}`)
    const well = await ask('/classroom/healthz', '').catch(() => undefined)
    if (well?.status === 200) break
    await sleep(50)
  }
  return {
    origin,
    pid: child.pid!,
    ask,
    memory: () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0) / 1024,
    cpu() {
      // After the name, which may hold anything: utime and stime are the 14th and 15th field, in hundredths.
      const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8')
        .replace(/^.*\) /s, '')
        .split(' ')
      return (Number(fields[11]) + Number(fields[12])) / 100
    },
    kill: end('SIGKILL'),
    stop: end('SIGTERM'),
  }
}
