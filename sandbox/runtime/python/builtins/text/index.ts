/** What texts and bytes can do. */
import { installBytes } from './bytes.ts'
import { installStr } from './str.ts'

export function installText(): void {
  installStr()
  installBytes()
}
