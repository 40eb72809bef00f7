/** The host interface of a kubectl in the simulation: what the machine that it runs on gives it. */
import type { Api } from '../../http/api.ts'
import type { Certificate } from '../../network/tls.ts'
import type { Process } from '../../runtime/processes/process.ts'

/** The machine that kubectl runs on. */
export interface Host {
  api: Api
  /** What the API server shows to who connects over the network. */
  certificate: Certificate
  /** A server that is reached directly, as the administrator: the one that the learner's own kubeconfig names. */
  server?: string
  /** Opens a file in the learner's editor, blocking the process; null when it was closed without saving. */
  edit?(process: Process, path: string, text: string): Promise<string | null>
}
