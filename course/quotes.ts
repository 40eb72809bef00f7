/** What the prose quotes of the outputs beside it, and none of them prints. Problems are told in the author's terms. */
import { tagsOf } from '../sandbox/scenario/lessons/prose.ts'
import { type OutputStep, outputSteps, shownOf } from '../site/src/course/output-steps.ts'

interface Block {
  /** From 1. */
  line: number
  text: string
}

/** One `<Output>`: what a reader sees of it, and what the author says is to be seen elsewhere. */
interface Shown extends Block {
  elsewhere: readonly string[]
}

/** What a command is, rather than something that one prints. */
const COMMAND = /^(-|(kubectl|podlab|docker) )/
/** A line of YAML. */
const FIELD = /^[a-z][\w.]*: /

/** Whether code in a sentence is something seen: a count, a number, a word as `STATUS` has it, a column, a message. */
const isSeen = (code: string): boolean =>
  /^(Init:)?(\d+\/)?\d+$/.test(code) ||
  /^(Init:)?[A-Z]\w*$/.test(code) ||
  (/\s/.test(code) && !COMMAND.test(code) && !FIELD.test(code))

/** Whether a text has it, and not as the beginning of a longer word or a part of a longer number. Parts that begin with a capital letter count: `BackOff`. */
const says = (text: string, code: string): boolean =>
  new RegExp(`(?<![\\d/])${code.replace(/[^\w\s]/g, '\\$&')}(?![a-z\\d/])`).test(text)

/** Addresses, and names of Pods with the hash of a template: a cluster makes them up, so no author can know them. */
const MADE_UP = /(?<![\w.:-])(?:\d+\.\d+\.\d+\.\d+|[a-z][a-z0-9-]*-[bcdf4-9]{8,10}-[a-z0-9]{5})(?![\w-]|\.\d)/g
const KNOWN = new Set(['0.0.0.0', '127.0.0.1'])

/**
 * Inline code that looks like something seen, in the paragraphs directly before and after an `<Output>` and in the right answer of a prediction, and
 * that neither these outputs nor their commands nor the lesson's files have; and addresses and names, anywhere in the text, that nothing in the lesson has.
 * @param printed what the commands of its `<Output>`s have printed, in order
 * @param written the manifests and scripts of the lesson
 * @returns `line: problem`
 */
export function misquoted(mdx: string, printed: readonly string[], written: readonly string[]): string[] {
  const steps = outputSteps(mdx)
  const shown = shownIn(mdx, steps, printed)
  const sources = written.join('\n')
  const needed = new Set<string>()
  const problems = [...besideOutputs(mdx, shown), ...predictions(mdx, shown)].flatMap(({ block, beside }) => {
    const seen = beside.map(output => output.text).join('\n')
    return codesOf(block).flatMap(({ code, line }) => {
      if (!isSeen(code) || says(seen, code) || says(sources, code)) return []
      const excused = beside.filter(output => output.elsewhere.includes(code))
      for (const { line } of excused) needed.add(`${line} ${code}`)
      return excused.length
        ? []
        : [
            `${line}: \`${code}\` is not in the output beside it. Show it, or change the sentence; if it is seen elsewhere, say so in the <Output>: elsewhere="${code}"`,
          ]
    })
  })
  const needless = [...shown.values()].flatMap(({ line, elsewhere }) =>
    elsewhere
      .filter(code => !needed.has(`${line} ${code}`))
      .map(code => `${line}: elsewhere="${code}" is not needed: take it away`),
  )
  return [...problems, ...needless, ...madeUp(mdx, [sources, ...printed]), ...unset(steps, [...shown.keys()])]
}

function shownIn(mdx: string, steps: readonly OutputStep[], printed: readonly string[]): Map<number, Shown> {
  const tags = tagsOf(mdx).filter(tag => tag.name === 'Output')
  return new Map(
    tags.map(({ line, attributes }, i) => {
      const { cmd = '', before = '' } = steps[i] ?? {}
      const text = [cmd, before, shownOf(printed[i] ?? '', attributes.lines)].join('\n')
      const elsewhere = (attributes.elsewhere ?? '').split(',').flatMap(word => word.trim() || [])
      return [line, { line, text, elsewhere }]
    }),
  )
}

interface Quoting {
  block: Block
  beside: readonly Shown[]
}

/** Paragraphs and lists, each with the outputs directly before and after it; those that have none are left out. */
function besideOutputs(mdx: string, shown: ReadonlyMap<number, Shown>): Quoting[] {
  const blocks = blocksOf(mdx)
  return blocks.flatMap((block, i) => {
    const beside = isProse(block) ? [...run(blocks, i, -1, shown), ...run(blocks, i, 1, shown)] : []
    return beside.length ? [{ block, beside }] : []
  })
}

/** The right answer of each prediction, with all outputs of its outcome. */
const predictions = (mdx: string, shown: ReadonlyMap<number, Shown>): Quoting[] =>
  [...mdx.matchAll(/<Predict [\s\S]*?<\/Predict>/g)].flatMap(({ 0: text, index }) => {
    const first = mdx.slice(0, index).split('\n').length
    const lines = text.split('\n')
    const beside = [...shown.values()].filter(({ line }) => line > first && line < first + lines.length)
    return lines.flatMap((line, i) =>
      line.startsWith('<Option correct>') && beside.length ? [{ block: { line: first + i, text: line }, beside }] : [],
    )
  })

/** Paragraphs, components and the like, as empty lines divide them; none of the frontmatter and of code in fences. */
function blocksOf(mdx: string): Block[] {
  const blank = (text: string): string => text.replace(/[^\n]/g, '')
  const text = mdx.replace(/^---\n[\s\S]*?\n---\n/, blank).replace(/^```[\s\S]*?^```/gm, fence => `|${blank(fence)}`)
  return [...text.matchAll(/^.*\S.*(?:\n.*\S.*)*/gm)].map(({ 0: block, index }) => ({
    line: text.slice(0, index).split('\n').length,
    text: block,
  }))
}

/** A paragraph or a list. Tables and headings are about more than the output beside them. */
const isProse = ({ text }: Block): boolean => !/^([|#]|<(?!Term\b))/.test(text)

/** The outputs that follow one another directly before (-1) or after (1) a block. */
function run(blocks: readonly Block[], from: number, step: number, shown: ReadonlyMap<number, Shown>): Shown[] {
  const found: Shown[] = []
  for (let i = from + step; ; i += step) {
    const output = shown.get(blocks[i]?.line ?? 0)
    if (!output) return found
    found.push(output)
  }
}

const codesOf = (block: Block): { code: string; line: number }[] =>
  block.text
    .split('\n')
    .flatMap((text, i) => [...text.matchAll(/`([^`]+)`/g)].map(([, code = '']) => ({ code, line: block.line + i })))

function madeUp(mdx: string, sources: readonly string[]): string[] {
  const commands = tagsOf(mdx).map(({ attributes }) => attributes.cmd ?? '')
  return mdx
    .split('\n')
    .flatMap((text, i) =>
      [...text.matchAll(MADE_UP)].flatMap(([name]) =>
        KNOWN.has(name) || [...sources, ...commands].some(source => source.includes(name))
          ? []
          : [
              `${i + 1}: ${name} is nowhere in the outputs and files of this lesson. What the cluster makes up is copied from there`,
            ],
      ),
    )
}

/** Variables that a command uses and does not set: a shell of its own runs each, so what the one before has set is not there. */
const unset = (steps: readonly OutputStep[], lines: readonly number[]): string[] =>
  steps.flatMap(({ cmd }, i) => {
    const bare = cmd.replace(/'[^']*'/g, '')
    const names = new Set([...bare.matchAll(/\$\{?([A-Za-z_]\w*)/g)].map(([, name = '']) => name))
    return [...names]
      .filter(name => !new RegExp(`(^|[\\s;(])(${name}=|(for|read) ${name}\\b)`).test(bare))
      .map(name => `${lines[i]}: nothing sets $${name} here: each command is run in a shell of its own`)
  })
