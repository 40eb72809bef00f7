/**
 * `npm run new:lesson -- CHAPTER NAME "中文标题" "English title"`: a lesson's folder to begin with; asks for what is not given.
 * It passes the harness but for what is still marked TODO, which `npm run lessons -- NAME` lists.
 */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { root } from './ensure.mjs'
import { newLesson } from './lesson-template.mjs'
import { helpIfAsked } from './manual.mjs'

helpIfAsked(import.meta.filename)
const lessons = join(root, 'lessons')
const chapters = readdirSync(lessons).filter(name => /^\d\d-/.test(name))
const questions = [
  `Chapter, one of ${chapters.join(', ')}`,
  'Name in addresses: small letters and hyphens, as in what-a-pod-is',
  'Title in Chinese',
  'Title in English',
]
const answers = process.argv.slice(2, 2 + questions.length)
if (answers.length < questions.length) {
  if (!process.stdin.isTTY) {
    console.error('use: npm run new:lesson -- CHAPTER NAME "中文标题" "English title"')
    process.exit(2)
  }
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  while (answers.length < questions.length)
    answers.push((await terminal.question(`${questions[answers.length]}: `)).trim())
  terminal.close()
}
try {
  const [chapter, name, zh, en] = answers
  const { id, todo } = newLesson(lessons, { chapter, name, zh, en })
  console.log(
    `lessons/${id} is there. What remains to be done (${todo.length}):\n${todo.map(t => `  ${t}`).join('\n')}`,
  )
  console.log(
    `\nnpm run dev shows it as you write; npm run lessons -- ${name} checks it. docs/authoring.md makes one step by step.`,
  )
} catch (error) {
  console.error(error.message)
  process.exit(2)
}
