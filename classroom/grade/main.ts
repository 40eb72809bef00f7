/** `podlab grade FILES…`: a CSV of what was solved, on standard output. */
import { readFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { lessonFolders, readLesson } from '../../sandbox/scenario/lesson-folder.node.ts'
import { asCsv, grade, type Line } from './grade.ts'

const USAGE = `podlab grade: what learners have solved, from the sessions that they have exported

Usage:
  podlab grade [--lessons FOLDER] FILE.json...
      Plays every session again, runs the checks, and writes a table (CSV) to standard output.
`

export async function main(args: string[]): Promise<number> {
  let parsed: ReturnType<typeof parse>
  try {
    parsed = parse(args)
  } catch (error) {
    process.stderr.write(`podlab grade: ${(error as Error).message}\n\n${USAGE}`)
    return 1
  }
  const { values, positionals } = parsed
  if (values.help || positionals.length === 0) {
    ;(values.help ? process.stdout : process.stderr).write(USAGE)
    return values.help ? 0 : 1
  }
  const folder = resolve(values.lessons ?? join(import.meta.dirname, '../../lessons'))
  const lessons = new Map(lessonFolders(folder).map(f => [f.id, readLesson(f).world]))
  const lines: Line[] = []
  for (const path of positionals) lines.push(...(await grade(basename(path), readFileSync(path, 'utf8'), lessons)))
  process.stdout.write(asCsv(lines))
  return 0
}

const parse = (args: string[]) =>
  parseArgs({
    args,
    allowPositionals: true,
    options: { lessons: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
  })
