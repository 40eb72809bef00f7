/** The units in which a text is read and run: what stands up to the end of a line that completes a command. */
import type { Statement } from 'unbash'
import { FatalError, ShellError } from './control.ts'
import type { Shell } from './shell.ts'

/** Commands that share a line with the one before them are of its unit. */
function unitsOf(source: string, commands: readonly Statement[]): Statement[][] {
  const units: Statement[][] = []
  let end = 0
  for (const command of commands) {
    const unit = units.at(-1)
    if (unit && !source.slice(end, command.pos).includes('\n')) unit.push(command)
    else units.push([command])
    ;({ end } = command)
  }
  return units
}

/**
 * Runs the commands of a text. A mistake in an expansion or an assignment ends the shells of sh;
 * bash leaves out the rest of the unit and goes on with the next, but in a subshell.
 */
export async function runUnits(shell: Shell, commands: readonly Statement[], tail: boolean): Promise<void> {
  if (shell.dialect.name !== 'bash' || shell.subshell || shell.interactive)
    return shell.interpreter.script(shell, commands, tail)
  const units = unitsOf(shell.source, commands)
  for (const [i, unit] of units.entries()) {
    try {
      await shell.interpreter.script(shell, unit, tail && i === units.length - 1)
    } catch (error) {
      if (!(error instanceof ShellError) || error instanceof FatalError || error.status !== 1) throw error
      await shell.tell(error)
      shell.status = 1
    }
  }
}
