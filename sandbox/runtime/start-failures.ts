/** What containerd and runc say when a command cannot be started. */

export const START_FAILED =
  'failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: '
export const EXEC_FAILED = 'OCI runtime exec failed: exec failed: unable to start container process: '

/** @param code of the failed system call; `isDirectory` tells why access was denied */
export function execError(command: string, code: string, isDirectory: () => boolean): string {
  if (code === 'ENOEXEC') return `exec ${command}: exec format error`
  const quoted = `exec: ${JSON.stringify(command)}`
  if (code === 'EACCES') return `${quoted}: ${isDirectory() ? 'is a directory' : 'permission denied'}`
  return command.includes('/')
    ? `${quoted}: stat ${command}: no such file or directory`
    : `${quoted}: executable file not found in $PATH`
}
