/** compose.yaml and the Dockerfile against what they speak of; `node tools/image.mjs` goes the Dockerfile's steps for real. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'

const root = join(import.meta.dirname, '..')
const text = (path: string): string => readFileSync(join(root, path), 'utf8')
interface Service {
  image?: string
  build?: string
  environment?: Record<string, string>
  depends_on?: Record<string, { condition: string }>
  volumes?: string[]
  healthcheck?: { test: string[] }
}
const compose = parse(text('compose.yaml')) as { services: Record<string, Service>; volumes: Record<string, null> }
const dockerfile = text('Dockerfile')

test('every service is built or pulled, and waits for others that are there and can be well', () => {
  expect(Object.keys(compose.services)).toEqual(['classroom', 'proxy', 'db'])
  for (const { image, build, depends_on: others = {}, volumes = [] } of Object.values(compose.services)) {
    expect([image, build].filter(Boolean)).toHaveLength(1)
    if (image) expect(image).toMatch(/:\d/)
    for (const [name, { condition }] of Object.entries(others)) {
      expect(compose.services).toHaveProperty(name)
      if (condition === 'service_healthy')
        expect(compose.services[name]?.healthcheck ?? /^HEALTHCHECK /m.exec(dockerfile), name).toBeTruthy()
    }
    for (const volume of volumes) {
      const [from = ''] = volume.split(':')
      if (from.startsWith('./')) expect(existsSync(join(root, from)), from).toBe(true)
      else expect(compose.volumes).toHaveProperty(from)
    }
  }
})

test('the classroom is told only what it listens to, and all that its instances have to share', () => {
  const known = text('classroom/main.ts')
  const { environment = {} } = compose.services.classroom!
  for (const name of Object.keys(environment)) expect(known).toMatch(new RegExp(`\\b${name}\\b`))
  expect(Object.keys(environment)).toEqual(expect.arrayContaining(['DATABASE_URL', 'ORIGIN', 'SECRET', 'BEHIND_PROXY']))
  for (const [, name] of text('docs/hosting.md').matchAll(/^\| `([A-Z_]+)(?:=1)?`/gm)) expect(known).toContain(name)
  // The proxy reaches it where the image listens.
  expect(text('classroom/Caddyfile')).toContain('dynamic a classroom 4322')
  expect(dockerfile).toMatch(/ENV .*HOST=0\.0\.0\.0 PORT=4322/)
})

test('the image copies what is there, and does not run as root', () => {
  for (const [, words = ''] of dockerfile.matchAll(/^COPY (?!--from)(.+)$/gm))
    for (const source of words.split(' ').slice(0, -1)) expect(existsSync(join(root, source)), source).toBe(true)
  for (const [, source = ''] of dockerfile.matchAll(/^COPY --from=build \/app\/(.+) \S+$/gm))
    for (const path of source.split(' /app/'))
      if (path !== 'dist') expect(existsSync(join(root, path)), path).toBe(true)
  expect(dockerfile.indexOf('\nUSER node')).toBeGreaterThan(dockerfile.lastIndexOf('\nRUN'))
  expect(dockerfile).toContain('/classroom/healthz')
})
