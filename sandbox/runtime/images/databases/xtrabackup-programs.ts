/** xtrabackup, xbstream and ncat, as far as one server is copied to another with them. A stream of files is their JSON. */
import { connect, connectionStream } from '../../commands/network/connect.ts'
import type { Process, Program } from '../../processes/process.ts'
import { login } from './sql/login.ts'
import { readAll, words } from './sql/words.ts'

const refuse = async (process: Process, what: string): Promise<number> => {
  await process.write(2, `${process.argv[0]!.split('/').pop()}: ${what} is not simulated\n`)
  return 126
}

interface Backup {
  files: Readonly<Record<string, string>>
  log?: { file: string; position: number }
  source?: { file: string; position: number }
}

export const xtrabackup: Program = async process => {
  const given = words(process.argv.slice(1), { values: 'hPup', joined: '' })
  const say = (text: string): Promise<void> => {
    const now = new Date(process.clock.now()).toISOString()
    return process.write(2, `${now.slice(2, 10).replaceAll('-', '')} ${now.slice(11, 19)} ${text}\n`)
  }
  if (given.has('', 'prepare')) {
    await say('completed OK!')
    return 0
  }
  if (!given.has('', 'backup')) return refuse(process, 'anything but --backup and --prepare')
  if (given.value('', 'stream') !== 'xbstream') return refuse(process, 'a backup that is not streamed')
  const host = given.value('h', 'host') ?? 'localhost'
  const user = given.value('u', 'user') ?? 'root'
  const person = { user, password: given.value('', 'password') ?? '' }
  const result = await login(process, host, Number(given.value('P', 'port') ?? 3306), person)
  if (!('client' in result)) {
    await say(`Failed to connect to MySQL server: ${'denied' in result ? 'Access denied' : "Can't connect"}.`)
    return 1
  }
  await say(
    `Connecting to MySQL server host: ${host}, user: ${user}, password: not set, port: not set, socket: not set`,
  )
  const { files, log, source } = JSON.parse((await result.client.line('backup')) ?? '{}') as Backup
  result.client.close()
  const positions: Record<string, string> = {}
  if (log) positions.xtrabackup_binlog_info = `${log.file}\t${log.position}\n`
  if (given.has('', 'slave-info'))
    positions.xtrabackup_slave_info = source
      ? `CHANGE MASTER TO MASTER_LOG_FILE='${source.file}', MASTER_LOG_POS=${source.position};\n`
      : ''
  await process.write(1, JSON.stringify({ ...files, ...positions }))
  await say('completed OK!')
  return 0
}

export const xbstream: Program = async process => {
  const at = process.argv.indexOf('-C')
  if (!process.argv.includes('-x')) return refuse(process, 'anything but -x')
  const stream = await readAll(process)
  if (!stream) return 0
  for (const [name, text] of Object.entries(JSON.parse(stream) as Record<string, string>)) {
    const path = `${at > 0 ? process.argv[at + 1] : process.cwd}/${name}`
    process.fs.mkdir(path.slice(0, path.lastIndexOf('/')), { recursive: true })
    process.fs.writeFile(path, text)
  }
  return 0
}

/** From a connection to standard output, or a command's output to each who connects. */
export const ncat: Program = async process => {
  const given = words(process.argv.slice(1), { values: 'ceipw', joined: '' })
  const command = given.value('c', 'sh-exec')
  const listens = given.has('l', 'listen')
  if (!listens) {
    const [host = '', port = ''] = given.rest
    const opened = await connect(process, host, Number(port))
    if ('failure' in opened) {
      const why =
        opened.failure === 'ENOTFOUND'
          ? `Could not resolve hostname "${host}": Name or service not known. QUITTING.`
          : `${opened.message}.`
      await process.write(2, `Ncat: ${why}\n`)
      return opened.failure === 'ENOTFOUND' ? 2 : 1
    }
    if (!given.has('', 'recv-only')) return refuse(process, 'sending')
    const { stream } = opened
    for (let data = await stream.read(process); data; data = await stream.read(process)) await process.write(1, data)
    stream.close()
    return 0
  }
  if (command === undefined) return refuse(process, 'listening without a command')
  const port = Number(given.rest.at(-1) ?? given.value('p', 'port'))
  do {
    const stream = await process.block<ReturnType<typeof connectionStream>>(wake => {
      const listener = process.net.listen('TCP', port, connection => {
        listener.close()
        wake(connectionStream(connection))
      })
      return () => listener.close()
    })
    const child = process.spawn({ argv: ['/bin/sh', '-c', command], fds: { 1: stream } })
    await process.wait(child.pid)
    stream.close()
  } while (given.has('k', 'keep-open'))
  return 0
}
