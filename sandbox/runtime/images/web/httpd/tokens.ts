/** ServerTokens: how much Apache tells of itself in the header `Server`. */

export const isTokens = (text: string): boolean => /^(prod|productonly|major|minor|min|minimal|os|full)$/i.test(text)

export function serverToken(tokens: string, version: string): string {
  const [major, minor] = version.split('.')
  const by: Readonly<Record<string, string>> = {
    prod: 'Apache',
    productonly: 'Apache',
    major: `Apache/${major}`,
    minor: `Apache/${major}.${minor}`,
    min: `Apache/${version}`,
    minimal: `Apache/${version}`,
  }
  return by[tokens.toLowerCase()] ?? `Apache/${version} (Unix)`
}
