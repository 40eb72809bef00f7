import type { IncomingMessage, Server, ServerResponse } from 'node:http'
export function serve(folder: string, port: number, host?: string): Promise<Server>
export function siteListener(
  folder: string,
  head?: string,
): (request: IncomingMessage, response: ServerResponse) => void
