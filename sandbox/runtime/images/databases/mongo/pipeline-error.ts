/** What MongoDB says of a pipeline that cannot be. */

/** With the name of its code. */
export class PipelineError extends Error {
  readonly code: string
  constructor(code: string, text: string) {
    super(text)
    this.code = code
  }
}
