/** `tsort`: an order in which what comes before something stands before it. */
import { type Call, type Command, complain, Missing, options, print, Refusal } from '../command.ts'
import { allText } from './reading.ts'

interface Node {
  name: string
  before: number
  after: Node[]
}

export const tsort: Command = async call => {
  const gnu = call.flavour === 'gnu'
  const { rest } = options(call, '')
  if (rest.length > 1) throw new Missing(`extra operand '${rest[1]}'`)
  let failed = false
  const text = await allText(call, rest, () => {
    failed = true
  })
  if (failed) return 1
  const words = text.split(/[ \t\n]+/).filter(Boolean)
  const [file = '-'] = rest
  if (words.length % 2) throw new Refusal(gnu ? `${file}: input contains an odd number of tokens` : 'odd input')
  const pause = call.process.tick(words.length / 1000)
  if (pause) await pause
  const nodes = graphOf(words, gnu)
  return gnu ? byLayers(call, nodes, file) : byNames(call, nodes)
}

/** @param reversed as GNU keeps those that come after one: the last named first */
function graphOf(words: readonly string[], reversed: boolean): Node[] {
  const nodes = new Map<string, Node>()
  const node = (name: string): Node => {
    let found = nodes.get(name)
    if (!found) nodes.set(name, (found = { name, before: 0, after: [] }))
    return found
  }
  for (let i = 0; i < words.length; i += 2) {
    const [a, b] = [node(words[i]!), node(words[i + 1]!)]
    if (a === b) continue
    a.after.push(b)
    b.before++
  }
  const all = [...nodes.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
  if (reversed) for (const { after } of all) after.reverse()
  return all
}

/** busybox takes the first that nothing comes before, and puts the last of its list in its place. */
async function byNames(call: Call, nodes: Node[]): Promise<number> {
  let code = 0
  while (nodes.length) {
    let i = nodes.findIndex(({ before }) => !before)
    if (i < 0) {
      i = 0
      code = await complain(call, `cycle at ${nodes[0]!.name}`)
    }
    const pause = call.process.tick(i / 100_000)
    if (pause) await pause
    const node = nodes[i]!
    const last = nodes.pop()!
    if (last !== node) nodes[i] = last
    for (const next of node.after) next.before--
    await print(call, `${node.name}\n`)
  }
  return code
}

/** GNU takes all that nothing comes before, and then, one behind the other, what that sets free. */
async function byLayers(call: Call, nodes: Node[], file: string): Promise<number> {
  const left = new Set(nodes)
  let code = 0
  while (left.size) {
    const queue = [...left].filter(({ before }) => !before)
    for (let node = queue.shift(); node; node = queue.shift()) {
      await print(call, `${node.name}\n`)
      left.delete(node)
      for (const next of node.after) if (!--next.before) queue.push(next)
    }
    if (!left.size) break
    await complain(call, `${file}: input contains a loop:`)
    code = 1
    const loop = await cutLoop(call, left)
    for (const { name } of loop) await complain(call, name)
  }
  return code
}

/**
 * Some that come before one another, in that order; the last no longer comes before the first. GNU looks for them by
 * going through all again and again, each time to one that comes before the last that it has found.
 */
async function cutLoop(call: Call, left: ReadonlySet<Node>): Promise<Node[]> {
  const next = new Map<Node, Node>()
  let first: Node | undefined
  for (;;) {
    const pause = call.process.tick(left.size / 100_000)
    if (pause) await pause
    for (const node of left) {
      if (!first) {
        first = node
        continue
      }
      const at = node.after.indexOf(first)
      if (at < 0) continue
      if (!next.has(node)) {
        next.set(node, first)
        first = node
        continue
      }
      const loop = [first]
      while (loop.at(-1) !== node) loop.push(next.get(loop.at(-1)!)!)
      node.after.splice(at, 1)
      first.before--
      return loop
    }
  }
}
