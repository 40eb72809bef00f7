export function headersFor(path: string): Record<string, string>
export function headersFile(): string
export const ISOLATED: RegExp
