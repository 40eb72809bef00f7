/** Serves the built site for the browser tests, on a free port. */
import { existsSync, mkdirSync } from 'node:fs'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { serve } from '../serve.mjs'

declare module 'vitest' {
  interface ProvidedContext {
    origin: string
    dist: string
  }
}

export default async function setup(project: TestProject): Promise<() => void> {
  const dist = process.env.PODLAB_DIST ?? join(import.meta.dirname, '../../dist')
  if (!existsSync(join(dist, 'index.html'))) throw new Error(`no built site in ${dist}: npm run build`)
  mkdirSync(join(import.meta.dirname, 'out'), { recursive: true })
  const server = (await serve(dist, 0)) as Server
  project.provide('origin', `http://localhost:${(server.address() as AddressInfo).port}`)
  project.provide('dist', dist)
  return () => {
    server.closeAllConnections()
    server.close()
  }
}
