/** `find`: walks the trees, and asks an expression of each path. */
import { isErrno } from '../../errno.ts'
import { type Command, complain, print } from '../command.ts'
import { expressionOf } from './expression.ts'
import { runFor } from './predicates.ts'
import type { Walk } from './walk.ts'

export const find: Command = async call => {
  const words = [...call.args]
  const paths: string[] = []
  let follow = false
  while (/^-[HLP]$/.test(words[0] ?? '')) follow = words.shift() === '-L'
  while (words.length && !/^[-(!]/.test(words[0]!)) paths.push(words.shift()!)
  if (!paths.length) paths.push('.')
  const { fs } = call.process
  const walk: Walk = {
    minDepth: 0,
    maxDepth: Number.POSITIVE_INFINITY,
    depthFirst: false,
    acts: false,
    pruned: new Set(),
    batches: [],
    code: 0,
  }
  const test = expressionOf(call, words, paths, walk)
  const visit = async (path: string, depth: number): Promise<void> => {
    const pause = call.process.tick()
    if (pause) await pause
    const name = path.replace(/\/+$/, '').split('/').pop() || '/'
    const self = async (): Promise<void> => {
      if (depth >= walk.minDepth && (await test(path, name)) && !walk.acts) await print(call, `${path}\n`)
    }
    try {
      const isDirectory = (follow && fs.exists(path) ? fs.stat(path) : fs.lstat(path)).type === 'directory'
      if (!walk.depthFirst) await self()
      if (isDirectory && depth < walk.maxDepth && !walk.pruned.has(path))
        for (const child of fs.readdir(path)) await visit(`${path.replace(/\/$/, '')}/${child}`, depth + 1)
      if (walk.depthFirst) await self()
    } catch (error) {
      if (!isErrno(error)) throw error
      walk.code = await complain(
        call,
        call.flavour === 'gnu' ? `'${path}': ${error.message}` : `${path}: ${error.message}`,
      )
    }
  }
  for (const path of paths) await visit(path, 0)
  for (const { argv, paths: found } of walk.batches)
    if (found.length && !(await runFor(call, [...argv, ...found]))) walk.code = 1
  return walk.code
}
