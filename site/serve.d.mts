import type { IncomingMessage, Server, ServerResponse } from 'node:http'
export function serve(folder: string, port: number, host?: string, base?: string): Promise<Server>
export function siteListener(
  folder: string,
  head?: string,
  base?: string,
): (request: IncomingMessage, response: ServerResponse) => void
