/** `npm run COMMAND -- --help`: the comment at the head of a command's file is its manual. */
import { readFileSync } from 'node:fs'

/** @returns the text of the comment that a source begins with, without its stars */
export const manualOf = source =>
  (/^\/\*\*([\s\S]*?)\*\//.exec(source)?.[1] ?? '')
    .split('\n')
    .map(line => line.replace(/^ \* ?/, '').trimEnd())
    .join('\n')
    .trim()

/** Prints the manual of the command in this file and ends, if that is asked for. */
export function helpIfAsked(file) {
  if (!process.argv.slice(2).some(word => word === '--help' || word === '-h')) return
  console.log(manualOf(readFileSync(file, 'utf8')))
  process.exit(0)
}
