/** The programs of the learner's machine: a Debian's tools, kubectl, podlab, and editors that open the editor pane. */
import type { Cluster } from '../../cluster.ts'
import { isErrno } from '../../runtime/errno.ts'
import { absolute } from '../../runtime/files/path.ts'
import { debianBase, executable } from '../../runtime/images/image.ts'
import { PACKAGE_MANAGERS } from '../../runtime/packages/index.ts'
import type { Process, Program } from '../../runtime/processes/process.ts'
import { lazily, programLoader } from '../../runtime/programs.ts'
import { faultUsage } from '../faults.ts'
import { SERVER } from './kubeconfig.ts'
import { HOME, IP, Workstation, type WorkstationOptions } from './workstation.ts'

const NETWORK_TOOLS = ['curl', 'dig', 'nc', 'nslookup', 'openssl', 'ping', 'telnet', 'traceroute', 'wget']

export interface WorkstationHooks extends Pick<WorkstationOptions, 'onOutput' | 'onFile' | 'onCommand'> {
  /** Makes something happen to the cluster; returns what is wrong with the command. */
  onFault(command: string): string | undefined
  /** Asks the editor pane; null: given up. */
  edit(path: string, text: string, done: (text: string | null) => void): void
}

export function createWorkstation(cluster: Cluster, hooks: WorkstationHooks): Workstation {
  const { clock, network, random } = cluster
  const edit = (process: Process, path: string, text: string): Promise<string | null> =>
    process.block<string | null>(wake => hooks.edit(path, text, wake))
  const editor = editFile(edit)
  const programs: Record<string, Program> = {
    kubectl: lazily(
      () => import('../../kubectl/process/program.ts'),
      ({ kubectlProgram }) =>
        kubectlProgram({ api: cluster.api, certificate: cluster.certificate, server: SERVER, edit }),
    ),
    node: lazily(
      () => import('./node.ts'),
      ({ learnersNode }) => learnersNode(cluster.api, clock, SERVER),
    ),
    podlab: podlab(hooks.onFault),
    vi: editor,
    vim: editor,
    nano: editor,
  }
  return new Workstation({
    ...hooks,
    clock,
    random: random.fork('workstation'),
    net: network.addOutsider('podlab', IP),
    install(root) {
      debianBase()(root)
      // Nothing here would understand what they are for.
      for (const name of ['dpkg', 'perl']) root.remove(`/usr/bin/${name}`)
      for (const tool of NETWORK_TOOLS) executable(root, `/usr/bin/${tool}`, `gnu/${tool}`)
      for (const name of Object.keys(programs)) executable(root, `/usr/local/bin/${name}`, name)
    },
    load: programLoader({ ...programs, ...PACKAGE_MANAGERS }),
  })
}

const podlab =
  (onFault: WorkstationHooks['onFault']): Program =>
  async process => {
    const words = process.argv.slice(1)
    if (!words.length || words[0] === 'help' || words[0] === '--help') return process.write(1, faultUsage())
    const problem = onFault(words.join(' '))
    if (!problem) return
    await process.write(2, `podlab: ${problem}\n`)
    return 1
  }

/** `vi FILE`: the file opens in the editor pane; the command ends when it is saved and closed. */
const editFile =
  (edit: (process: Process, path: string, text: string) => Promise<string | null>): Program =>
  async process => {
    const name = process.argv.slice(1).find(word => !/^[-+]/.test(word))
    if (!name) {
      await process.write(2, `${process.argv[0]}: name a file to edit\n`)
      return 1
    }
    const path = absolute(process.cwd, name)
    let text = ''
    try {
      text = process.fs.readFile(path)
    } catch (error) {
      if (!isErrno(error, 'ENOENT')) throw error
    }
    const saved = await edit(process, path.startsWith(`${HOME}/`) ? path.slice(HOME.length + 1) : path, text)
    if (saved !== null && saved !== text) process.fs.writeFile(path, saved)
    return
  }
