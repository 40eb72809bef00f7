/** A classroom for the stories of a file, which are told twice: on the embedded database and on PostgreSQL. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, test } from 'vitest'
import { startPostgres } from '../db/postgres-for-tests.ts'
import { prepared } from '../db/prepared-for-tests.ts'
import { lessons } from '../verify/solved-for-tests.ts'
import { type Running, start } from './start.ts'

/** @param story is given the way to its classroom, which is there when its tests and hooks run */
export async function onBothDatabases(title: string, story: (classroom: () => Running) => void): Promise<void> {
  const postgres = await startPostgres()

  describe.each([
    ['embedded', undefined],
    ['PostgreSQL', postgres],
  ] as const)(`${title} on %s`, (name, server) => {
    if (name === 'PostgreSQL' && !server) {
      test.skip('SKIPPED: no PostgreSQL on this machine; its package brings it', () => {})
      return
    }
    const folder = mkdtempSync(join(tmpdir(), 'podlab-classroom-'))
    let room: Running
    beforeAll(async () => {
      writeFileSync(join(folder, 'index.html'), '<!doctype html><html><head><title>x</title></head></html>')
      room = await start({
        port: 0,
        databaseUrl: server?.url,
        data: server ? folder : await prepared(join(folder, 'data')),
        site: folder,
        lessons,
        workers: 1,
      })
    }, 60_000)
    afterAll(async () => {
      await room.close()
      rmSync(folder, { recursive: true })
    })
    story(() => room)
  })

  afterAll(() => postgres?.stop())
}
