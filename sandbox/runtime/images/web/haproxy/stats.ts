/** The page of statistics, and the same as CSV: one line for each frontend, server and backend. */

import type { Proxy as Section } from './section.ts'
import type { BackendState } from './state.ts'

export interface Counted {
  section: Section
  sessions: number
  requests: number
}

interface Row {
  proxy: string
  server: string
  sessions: number
  status: string
  weight: number | ''
  active: number | ''
  backup: number | ''
  check: string
}

function rowsOf(frontends: readonly Counted[], backends: readonly BackendState[]): Row[] {
  const front = frontends.map(
    ({ section, sessions }): Row => ({
      proxy: section.name,
      server: 'FRONTEND',
      sessions,
      status: 'OPEN',
      weight: '',
      active: '',
      backup: '',
      check: '',
    }),
  )
  const back = backends.flatMap((backend): Row[] => {
    const up = backend.servers.filter(one => one.up)
    const count = (backup: boolean): number => up.filter(({ server }) => server.backup === backup).length
    return [
      ...backend.servers.map(
        ({ server, up: well, sessions, lastCheck }): Row => ({
          proxy: backend.section.name,
          server: server.name,
          sessions,
          status: server.disabled ? 'MAINT' : server.check ? (well ? 'UP' : 'DOWN') : 'no check',
          weight: server.weight,
          active: server.backup ? 0 : 1,
          backup: server.backup ? 1 : 0,
          check: lastCheck,
        }),
      ),
      {
        proxy: backend.section.name,
        server: 'BACKEND',
        sessions: backend.sessions,
        status: up.length || !backend.servers.length ? 'UP' : 'DOWN',
        weight: up.reduce((sum, { server }) => sum + server.weight, 0),
        active: count(false),
        backup: count(true),
        check: '',
      },
    ]
  })
  return [...front, ...back]
}

/** The columns that are kept here stand where they do in haproxy's; those between are empty. */
const COLUMNS =
  'pxname,svname,qcur,qmax,scur,smax,slim,stot,bin,bout,dreq,dresp,ereq,econ,eresp,wretr,wredis,status,weight,act,bck,chkfail,chkdown,lastchg,downtime,qlimit,pid,iid,sid,throttle,lbtot,tracked,type,rate,rate_lim,rate_max,check_status'.split(
    ',',
  )

export function csvOf(frontends: readonly Counted[], backends: readonly BackendState[]): string {
  const lines = rowsOf(frontends, backends).map(row => {
    const values: Record<string, string | number> = {
      pxname: row.proxy,
      svname: row.server,
      stot: row.sessions,
      status: row.status,
      weight: row.weight,
      act: row.active,
      bck: row.backup,
      check_status: row.check,
    }
    return `${COLUMNS.map(column => values[column] ?? '').join(',')},\n`
  })
  return `# ${COLUMNS.join(',')},\n${lines.join('')}`
}

export function pageOf(
  frontends: readonly Counted[],
  backends: readonly BackendState[],
  version: string,
  pid: number,
): string {
  const rows = rowsOf(frontends, backends)
  const tables = [...new Set(rows.map(({ proxy }) => proxy))].map(proxy => {
    const lines = rows
      .filter(row => row.proxy === proxy)
      .map(({ server, sessions, status, weight, active, backup, check }) => {
        const cells = [server, sessions, status, check, weight, active, backup].map(cell => `<td>${cell}</td>`).join('')
        return `<tr>${cells}</tr>\n`
      })
    return `<h2>${proxy}</h2>\n<table>\n<tr><th></th><th>Sessions total</th><th>Status</th><th>LastChk</th><th>Wght</th><th>Act</th><th>Bck</th></tr>\n${lines.join('')}</table>\n`
  })
  return `<!DOCTYPE html>\n<html><head><title>Statistics Report for HAProxy</title></head>\n<body>\n<h1>HAProxy${version && ` version ${version}`}</h1>\n<h2>Statistics Report for pid ${pid}</h2>\n${tables.join('')}</body></html>\n`
}
