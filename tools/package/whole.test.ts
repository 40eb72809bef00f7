/** Podlab as a package, in a fresh folder below whose node_modules Node strips no types: a course is begun, checked and graded there. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { root } from '../ensure.mjs'
import { install } from './installed.mjs'
import { writeWhole } from './whole.mjs'

type Manifest = { dependencies: Record<string, string> }
const json = (path: string) => JSON.parse(readFileSync(join(root, path), 'utf8')) as Manifest
const { dependencies } = json('package.json')

let folder: string
let podlab: (cwd: string, ...args: string[]) => string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'podlab-outside-'))
  const installed = await install(root, folder, writeWhole)
  const entry = join(installed, 'sandbox/bin/podlab.mjs')
  podlab = (cwd, ...args) => execFileSync(process.execPath, [entry, ...args], { cwd, encoding: 'utf8' })
  const from = { dependencies: { podlab: 'file:../podlab-0.1.0.tgz' } }
  writeFileSync(join(folder, 'package.json'), JSON.stringify(from))
}, 60_000)
afterAll(() => rmSync(folder, { recursive: true }))

test('a course is begun, and its own lesson tried', () => {
  podlab(folder, 'new-course', 'pods')
  const course = join(folder, 'pods')
  // It names Podlab as this folder does.
  const made = JSON.parse(readFileSync(join(course, 'package.json'), 'utf8'))
  expect(made.devDependencies).toEqual({ podlab: 'file:../../podlab-0.1.0.tgz' })
  expect(podlab(course, 'check-course')).toContain('Everything is as it should be.')
}, 60_000)

test('what learners hand in is played again, in a process of its own', () => {
  const course = join(folder, 'pods')
  const [lesson, record] = ['shop/01-green-and-blue', { version: 1, lesson: 'another/lesson' }]
  const session = { lesson, record, progress: { passed: ['switch'] } }
  writeFileSync(
    join(course, 'ada.json'),
    JSON.stringify({ format: 'podlab-progress', version: 1, sessions: [session] }),
  )
  expect(podlab(course, 'grade', 'ada.json')).toContain('does not verify')
})

test('everything that it imports is installed with it', () => {
  const build = join(folder, 'node_modules/podlab/build')
  const missing = new Set<string>()
  for (const file of readdirSync(build, { recursive: true }).map(String)) {
    if (!/\.(js|mjs|astro)$/.test(file) || /^lessons\/|\/public\//.test(file)) continue
    const text = readFileSync(join(build, file), 'utf8')
    const imported =
      /^(?:import|export)\s(?:[^'"`;]*?\bfrom\s*)?['"]([@a-z][^'"]*)['"]|\bimport\(['"]([@a-z][^'"]*)['"]\)/gm
    for (const [, by = '', later = ''] of text.matchAll(imported)) {
      const [name] = /^(?:@[^/]+\/)?[^/]*/.exec(by || later)!
      if (!dependencies[name] && !isBuiltin(name) && !name.includes(':')) missing.add(`${file}: ${name}`)
    }
  }
  expect([...missing]).toEqual([])
})

test.each(['sandbox', 'classroom'])('what %s needs the whole brings, in the same version', room => {
  expect(dependencies).toMatchObject(json(`${room}/package.json`).dependencies)
})
