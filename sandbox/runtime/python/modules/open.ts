/** `open`, also as `io.open`. */
import { given, intOf } from '../builtins/define.ts'
import { PyBuiltin } from '../objects/values.ts'
import { openFile } from './streams.ts'

export const open = new PyBuiltin('open', (machine, args, keywords) => {
  const [file, mode = 'r', buffering = -1] = given('open', args, keywords, [
    'file',
    'mode?',
    'buffering?',
    'encoding?',
    'errors?',
    'newline?',
    'closefd?',
    'opener?',
  ])
  return openFile(machine, file!, String(mode), intOf(buffering))
})
