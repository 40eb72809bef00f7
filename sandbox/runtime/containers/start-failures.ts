/** What containerd and runc say when a command cannot be started. */
import type { Program } from '../processes/process.ts'

export const CREATE_FAILED =
  'failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: '
export const START_FAILED = `${CREATE_FAILED}unable to start container process: error during container init: `
export const EXEC_FAILED = 'OCI runtime exec failed: exec failed: unable to start container process: '

/** @param code of the failed system call; `isDirectory` tells why access was denied */
export function execError(command: string, code: string, isDirectory: () => boolean): string {
  const quoted = `exec: ${JSON.stringify(command)}`
  if (code === 'EACCES') return `${quoted}: ${isDirectory() ? 'is a directory' : 'permission denied'}`
  return command.includes('/')
    ? `${quoted}: stat ${command}: no such file or directory`
    : `${quoted}: executable file not found in $PATH`
}

/**
 * A command that is there and that the kernel does not run (no `#!` line, an interpreter that is missing): runc has reported
 * its container as started by then, so the words go where the command's own would go, and 255 is how it ends.
 */
export const cannotExec =
  (file: string, why: string): Program =>
  async process => {
    await process.write(2, `exec ${file}: ${why.toLowerCase()}\n`)
    return 255
  }
