/** `find`: walks the trees, and asks an expression of each path. */
import { isErrno } from '../../errno.ts'
import { type Command, complain, print } from '../command.ts'
import { mountCovering } from '../files/disks.ts'
import { expressionOf } from './expression.ts'
import { runFor } from './predicates.ts'
import { statOf, type Walk } from './walk.ts'

export const find: Command = async call => {
  const words = [...call.args]
  const paths: string[] = []
  let follow = false
  while (/^-[HLP]$/.test(words[0] ?? '')) follow = words.shift() === '-L'
  while (words.length && !/^[-(!]/.test(words[0]!)) paths.push(words.shift()!)
  if (!paths.length) paths.push('.')
  const { process } = call
  const { fs } = process
  const walk: Walk = {
    minDepth: 0,
    maxDepth: Number.POSITIVE_INFINITY,
    depthFirst: false,
    follow,
    oneFileSystem: false,
    acts: false,
    pruned: new Set(),
    batches: [],
    code: 0,
  }
  const test = expressionOf(call, words, paths, walk)
  const visit = async (path: string, depth: number, mount: string | undefined): Promise<void> => {
    const pause = process.tick()
    if (pause) await pause
    const name = path.replace(/\/+$/, '').split('/').pop() || '/'
    const self = async (): Promise<void> => {
      if (depth >= walk.minDepth && (await test(path, name)) && !walk.acts) await print(call, `${path}\n`)
    }
    try {
      const isDirectory = statOf(process, walk, path).type === 'directory'
      if (!walk.depthFirst) await self()
      const isElsewhere = isDirectory && mount !== undefined && mountCovering(process, path).path !== mount
      if (isDirectory && !isElsewhere && depth < walk.maxDepth && !walk.pruned.has(path))
        for (const child of fs.readdir(path)) await visit(`${path.replace(/\/$/, '')}/${child}`, depth + 1, mount)
      if (walk.depthFirst) await self()
    } catch (error) {
      if (!isErrno(error)) throw error
      walk.code = await complain(
        call,
        call.flavour === 'gnu' ? `'${path}': ${error.message}` : `${path}: ${error.message}`,
      )
    }
  }
  for (const path of paths) await visit(path, 0, walk.oneFileSystem ? mountCovering(process, path).path : undefined)
  for (const { argv, paths: found, cwd } of walk.batches)
    if (found.length && !(await runFor(call, [...argv, ...found], cwd))) walk.code = 1
  return walk.code
}
