/** Makes a lesson's folder from the template, and tells what its author still has to do. Plain JavaScript, so that Node 20 can run it. */
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const template = join(import.meta.dirname, 'lesson-template')
const slug = folder => folder.replace(/^\d+-/, '')

/** @returns the lesson's id and each line that says TODO, as `file:line: text` */
export function newLesson(lessons, { chapter, name, zh, en }) {
  const chapters = readdirSync(lessons).filter(folder => /^\d\d-/.test(folder))
  const folder = chapters.find(c => c === chapter || slug(c) === chapter)
  if (!folder) throw new Error(`there is no chapter "${chapter}": it is one of ${chapters.join(', ')}`)
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name ?? ''))
    throw new Error(`"${name}" is no name: use small letters, digits and hyphens`)
  for (const title of [zh, en])
    if (!title || /["\n]/.test(title)) throw new Error('give a title in each language, without quotation marks')
  const others = readdirSync(join(lessons, folder)).filter(other => /^\d\d-/.test(other))
  if (others.some(other => slug(other) === name)) throw new Error(`the chapter has a lesson "${name}" already`)
  const number = String(Math.max(0, ...others.map(other => Number(other.slice(0, 2)))) + 1).padStart(2, '0')
  const id = `${folder}/${number}-${name}`
  const target = join(lessons, id)
  if (existsSync(target)) throw new Error(`lessons/${id} is there already`)
  cpSync(template, target, { recursive: true })
  for (const [language, title] of Object.entries({ zh, en })) {
    const path = join(target, `${language}.mdx`)
    writeFileSync(
      path,
      readFileSync(path, 'utf8').replace(`{{${language}}}`, () => title),
    )
  }
  return { id, todo: todoIn(target) }
}

export const todoIn = folder =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
    .sort()
    .flatMap(path =>
      readFileSync(path, 'utf8')
        .split('\n')
        .flatMap((line, i) =>
          /\bTODO\b/.test(line) ? [`${path.slice(folder.length + 1)}:${i + 1}: ${line.trim()}`] : [],
        ),
    )
