/** Values of flags that can be completed; all others are the shell's. */
import type { Kubectl } from '../kubectl.ts'
import { ALL_FORMATS, PLAIN_FORMATS } from '../print/printer.ts'
import { type Answer, BY_EXTENSION, FILES, NO_FILES, starting } from './answer.ts'
import { containersOf, names } from './cluster.ts'

export async function valueOfFlag(k: Kubectl, name: string, word: string, path: readonly string[]): Promise<Answer> {
  const fitting = (list: Iterable<string>): Answer => ({ candidates: starting(list, word), directive: NO_FILES })
  switch (name) {
    case 'namespace':
      return fitting(await names(k, 'namespace'))
    case 'output':
      return fitting(path[0] === 'get' ? ALL_FORMATS : PLAIN_FORMATS)
    case 'context':
      return fitting((await k.config()).contexts.keys())
    case 'cluster':
      return fitting((await k.config()).clusters.keys())
    case 'user':
      return fitting((await k.config()).users.keys())
    case 'container':
      if (path[0] === 'exec') return fitting(k.args.length ? await containersOf(k, k.args[0]!) : [])
      break
    case 'filename':
      return { candidates: ['json', 'yaml', 'yml'], directive: BY_EXTENSION }
  }
  return { candidates: [], directive: FILES }
}
