/** The part of the `podlab` command that makes courses. */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { lessonFolders, readLesson } from '../sandbox/scenario/lessons/lesson-folder.node.ts'
import { describeProblem } from '../sandbox/scenario/lessons/yaml-reader.ts'
import { buildSite, outProblem } from './build-site.node.ts'
import { OUR_LESSONS, readChosen, titleOf } from './chosen.node.ts'

const USAGE = `  podlab new-course FOLDER
      Writes a small course that works, with a lesson of its own, to begin with.
  podlab check-course [--course course.yaml]
      Checks course.yaml, and the course's own lessons: every answer is tried in the engine.
  podlab build [--course course.yaml] [--out site] [--base /some/path/]
      Builds the course's site. It works below any path; --base (or "address" in course.yaml)
      is needed only by the page that says that something is not there.
  podlab preview [FOLDER] [--base /some/path/] [--port 4323]
      Serves a built site on this machine, at the root or below a path.
  podlab scorm [--course course.yaml] [--lesson ID] [--out course.zip]
      Builds a SCORM 1.2 package of the course, or of one of its lessons.
  podlab lessons
      The lessons that come with Podlab, for course.yaml.
`

const OPTIONS = {
  course: { type: 'string', default: 'course.yaml' },
  out: { type: 'string' },
  base: { type: 'string' },
  lesson: { type: 'string' },
  port: { type: 'string' },
  verbose: { type: 'boolean', short: 'v', default: false },
  help: { type: 'boolean', short: 'h' },
} as const

type Values = {
  course: string
  out?: string
  base?: string
  lesson?: string
  port?: string
  verbose: boolean
  help?: boolean
}

/** What each command takes besides `--course`, `--verbose` and `--help`. */
const COMMANDS: Record<string, { options: readonly string[]; run(values: Values, rest: string[]): Promise<number> }> = {
  'new-course': { options: [], run: (_, rest) => make(rest) },
  'check-course': { options: [], run: check },
  build: { options: ['out', 'base'], run: build },
  preview: { options: ['base', 'port'], run: preview },
  scorm: { options: ['out', 'lesson'], run: scorm },
  lessons: { options: [], run: list },
}

const print = (line: string): void => void process.stdout.write(`${line}\n`)

/** @returns the exit code */
export async function main(name: string, args: string[]): Promise<number> {
  const command = COMMANDS[name]
  const fail = (message: string): number => {
    process.stderr.write(`podlab ${name}: ${message}\n`)
    return 1
  }
  if (!command) return fail('no such command')
  let parsed: { values: Values; positionals: string[] }
  try {
    parsed = parseArgs({ args, allowPositionals: name === 'new-course' || name === 'preview', options: OPTIONS })
    const foreign = Object.keys(parsed.values).find(
      key => !['course', 'verbose', 'help', ...command.options].includes(key),
    )
    if (foreign) throw new Error(`--${foreign} is for another command`)
  } catch (error) {
    return fail(`${(error as Error).message}\n\n${USAGE}`)
  }
  if (parsed.values.help) {
    print(USAGE)
    return 0
  }
  try {
    return await command.run(parsed.values, parsed.positionals)
  } catch (error) {
    return fail((error as Error).message)
  }
}

async function make([folder]: string[]): Promise<number> {
  if (!folder) throw new Error('name a folder, as in: podlab new-course pods-at-work')
  const { newCourse } = await import('./new-course.ts')
  for (const file of newCourse(folder)) print(`  ${folder}/${file}`)
  print(`\nNext: cd ${folder}, npm install, npx podlab check-course, npx podlab build; README.md tells the rest.`)
  return 0
}

async function check({ course }: Values): Promise<number> {
  const { checkCourse } = await import('./check-course.ts')
  const problems = await checkCourse(course, print)
  for (const problem of problems) process.stderr.write(`\n${problem}\n`)
  print(problems.length ? `\n${problems.length} to be put right` : '\nEverything is as it should be.')
  return problems.length ? 1 : 0
}

/** @throws an Error with every problem */
function read(file: string): ReturnType<typeof readChosen>['chosen'] {
  const { chosen, problems } = readChosen(file)
  if (problems.length) throw new Error(`it cannot be built yet\n${problems.map(describeProblem).join('\n')}`)
  return chosen
}

async function build({ course, out = 'site', base, verbose }: Values): Promise<number> {
  const chosen = read(course)
  const problem = outProblem(out, course)
  if (problem) throw new Error(problem)
  isPath(base)
  const { address } = chosen
  await buildSite({ course, out, verbose, ...(address && { address }), ...(base && { base }) })
  const count = chosen.chapters.reduce((n, c) => n + c.lessons.length, 0)
  print(`${count} lessons in ${chosen.languages.join(' and ')}: ${out}/ can be put on any web server, below any path.`)
  if (!base && !address)
    print(
      'Its address is not known, so that links, search engines and the page for lost readers go without it ("address" in course.yaml).',
    )
  print(`To look at it here: podlab preview ${out}`)
  return 0
}

function isPath(base = '/'): string {
  if (!/^\/([^/]+\/)*$/.test(base))
    throw new Error(`--base ${base} is no path: it begins and ends with a slash, as in /courses/pods/`)
  return base
}

async function preview({ base, port = '4323' }: Values, [folder = 'site']: string[]): Promise<number> {
  if (!existsSync(join(folder, '_astro'))) throw new Error(`there is no built site in ${folder}`)
  const { serve } = await import('../site/serve.mjs')
  const path = isPath(base)
  const server = await serve(folder, Number(port), '127.0.0.1', path)
  print(`http://localhost:${port}${path}  (Ctrl-C stops it)`)
  await new Promise<void>(stopped => process.once('SIGINT', stopped).once('SIGTERM', stopped))
  server.closeAllConnections()
  server.close()
  return 0
}

async function scorm({ course, lesson, out, verbose }: Values): Promise<number> {
  const chosen = read(course)
  const ids = chosen.chapters.flatMap(c => c.lessons.map(l => l.id))
  if (lesson !== undefined && !ids.includes(lesson))
    throw new Error(`the course has no lesson ${lesson}; it has ${ids.join(', ')}`)
  const file = out ?? `${chosen.id}.zip`
  const { packScorm } = await import('./scorm/pack.node.ts')
  const site = mkdtempSync(join(tmpdir(), 'podlab-scorm-'))
  try {
    await buildSite({ course, out: site, verbose })
    const bytes = packScorm(site, chosen, lesson)
    writeFileSync(file, bytes)
    print(`${file}: SCORM 1.2, ${(bytes.length / 1024 / 1024).toFixed(1)} MB`)
  } finally {
    rmSync(site, { recursive: true, force: true })
  }
  return 0
}

async function list(): Promise<number> {
  const lines = lessonFolders(OUR_LESSONS).map(folder => {
    const { minutes, world } = readLesson(folder)
    const exercises = world.exercises.map(e => e.id).join(', ')
    return `${folder.id.padEnd(52)} ${String(minutes).padStart(2)} min  ${exercises}  (${titleOf(folder, 'en')})`
  })
  print(lines.join('\n'))
  return 0
}
