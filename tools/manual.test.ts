/** `npm run COMMAND -- --help`, of every command that has options. */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { manualOf } from './manual.mjs'

const root = join(import.meta.dirname, '..')
const COMMANDS = {
  parity: 'tools/parity.mjs',
  lessons: 'tools/lessons.mjs',
  'new:lesson': 'tools/new-lesson.mjs',
  determinism: 'tools/determinism/main.ts',
  fuzz: 'tools/fuzz/main.ts',
  compare: 'sandbox/compare/main.node.ts',
  'compare:play': 'sandbox/compare/play/main.node.ts',
  'compare:kubectl': 'sandbox/compare/kubectl/main.node.ts',
  bench: 'sandbox/bench/main.ts',
  'bench:site': 'site/bench/main.ts',
  'bench:classroom': 'classroom/bench/main.ts',
}

describe('the manual of a command', () => {
  it('is the comment at the head of its file, without the stars', () => {
    expect(manualOf('/**\n * `npm run x`: does so.\n *   --all  of all\n */\nimport a')).toBe(
      '`npm run x`: does so.\n  --all  of all',
    )
    expect(manualOf('/** One line. */\ncode()')).toBe('One line.')
    expect(manualOf('code() /** not the head */')).toBe('')
  })

  it.each(Object.entries(COMMANDS))('of %s names it and is printed first of all', (name, file) => {
    const source = readFileSync(join(root, file), 'utf8')
    expect(manualOf(source)).toContain(`npm run ${name}`)
    expect(source).toMatch(/^helpIfAsked\(import\.meta\.filename\)$/m)
  })

  it('is all that such a run prints', () => {
    const printed = execFileSync(process.execPath, ['tools/lessons.mjs', '--help'], { cwd: root, encoding: 'utf8' })
    expect(printed.trim()).toBe(manualOf(readFileSync(join(root, 'tools/lessons.mjs'), 'utf8')))
  })
})
