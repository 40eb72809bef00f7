/** Clusters whose containers of Node images are real processes: the folder that they live in, and their end with the cluster's. */
import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ContainerdOptions } from '../runtime/containers/containerd.ts'
import { ProcessRuntime, type ProcessRuntimeOptions } from '../runtime/real-processes/runtime.node.ts'

export interface RealProcesses {
  /** To be given to `createCluster`. */
  runtime(options: ContainerdOptions): ProcessRuntime
  /** Kills every process and removes their files. Happens by itself when this program ends. */
  close(): void
}

export function realProcesses(
  means: Pick<ProcessRuntimeOptions, 'preload' | 'socketFiles' | 'onPort'> = {},
): RealProcesses {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'podlab-'))
  const runtimes: ProcessRuntime[] = []
  const close = (): void => {
    process.off('exit', close)
    for (const runtime of runtimes.splice(0)) runtime.close()
    rmSync(folder, { recursive: true, force: true })
  }
  process.on('exit', close)
  return {
    runtime(options) {
      const runtime = new ProcessRuntime({ ...options, ...means, folder: join(folder, String(runtimes.length)) })
      runtimes.push(runtime)
      return runtime
    },
    close,
  }
}
