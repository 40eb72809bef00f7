/** Reasons why a port cannot be listened at, in the words of the C library. */
const WORDS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'address already in use',
  EADDRNOTAVAIL: 'cannot assign requested address',
  EACCES: 'permission denied',
}

/** @returns nothing where it is about anything else */
export const bindWords = (error: unknown): string | undefined => WORDS[(error as { code?: string }).code ?? '']
