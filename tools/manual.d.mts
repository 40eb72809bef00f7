/** Types of the commands' `--help`, for those written in TypeScript. */
export function manualOf(source: string): string
export function helpIfAsked(file: string): void
