/** What ends a command before its end, thrown: exit, return, break, errors, Ctrl-C. */

/** Ends the shell (or subshell). */
export class ExitShell {
  readonly status: number
  constructor(status: number) {
    this.status = status
  }
}

/** `return`: ends a function or a sourced file. */
export class Return {
  readonly status: number
  constructor(status: number) {
    this.status = status
  }
}

/** `break` and `continue`. */
export class LoopControl {
  levels: number
  readonly next: boolean
  constructor(levels: number, next: boolean) {
    this.levels = levels
    this.next = next
  }
}

/** An error that ends a script, or the line of an interactive shell. Already without the shell's name. */
export class ShellError extends Error {
  readonly status: number
  /** Whether it has been printed: where its command's output went elsewhere, it goes there too. */
  told = false
  constructor(message: string, status = 2) {
    super(message)
    this.status = status
  }
}

/** One that ends a script of bash, too, which lives through the others: `${x?}`, and `set -u`. */
export class FatalError extends ShellError {}

/** bash's complaint about a script that it cannot read; it names the places itself. */
export class SyntaxFault extends FatalError {}

/** Ctrl-C in an interactive shell: back to the prompt. */
export class Interrupted extends Error {}
