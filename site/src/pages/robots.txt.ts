/** Everything may be read; here is the map. */
import type { APIRoute } from 'astro'
import { absolute } from '../address.ts'

export const GET: APIRoute = ({ site }) =>
  new Response(`User-agent: *\nAllow: /\n${site ? `\nSitemap: ${absolute('sitemap.xml', site)}\n` : ''}`)
