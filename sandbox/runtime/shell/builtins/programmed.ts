/** `complete`: kubectl's completion is there for kubectl and whatever stands for it, so people may ask for it in vain. */
import type { Builtin } from './builtin.ts'

/** What kubectl's own script is called, and what its pages tell people to name. */
const KUBECTL = '__start_kubectl'

export const complete: Builtin = async (shell, args) => {
  const at = args.indexOf('-F')
  if (at >= 0 && args[at + 1] === KUBECTL) return 0
  await shell.complain(`complete: not simulated: completion by anything but ${KUBECTL}`)
  return 126
}
