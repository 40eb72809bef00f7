/** Header blocks of SPDY/3.1: names and values, compressed with one dictionary that both sides know. */
import { constants, createDeflate, createInflate, type Deflate, type Inflate } from 'node:zlib'

export type Headers = Readonly<Record<string, string>>

/** The dictionary of the specification: first words with their length, then words that stand one after another. */
const WORDS =
  'options head post put delete trace accept accept-charset accept-encoding accept-language accept-ranges age allow authorization cache-control connection content-base content-encoding content-language content-length content-location content-md5 content-range content-type date etag expect expires from host if-match if-modified-since if-none-match if-range if-unmodified-since last-modified location max-forwards pragma proxy-authenticate proxy-authorization range referer retry-after server te trailer transfer-encoding upgrade user-agent vary via warning www-authenticate method get status|200 OK|version HTTP/1.1 url public set-cookie keep-alive origin'
const REST =
  '100101201202205206300302303304305306307402405406407408409410411412413414415416417502504505203 Non-Authoritative Information204 No Content301 Moved Permanently400 Bad Request401 Unauthorized403 Forbidden404 Not Found500 Internal Server Error501 Not Implemented503 Service UnavailableJan Feb Mar Apr May Jun Jul Aug Sept Oct Nov Dec 00:00:00 Mon, Tue, Wed, Thu, Fri, Sat, Sun, GMTchunked,text/html,image/png,image/jpg,image/gif,application/xml,application/xhtml+xml,text/plain,text/javascript,publicprivatemax-age=gzip,deflate,sdchcharset=utf-8charset=iso-8859-1,utf-,*,enq=0.'

const length = (n: number): Buffer => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(n)
  return bytes
}
const lengthened = (text: string): Buffer => {
  const bytes = Buffer.from(text)
  return Buffer.concat([length(bytes.length), bytes])
}

const words = WORDS.split('|').flatMap((part, i) => (i === 1 ? [part] : part.split(' ')))
export const DICTIONARY: Buffer = Buffer.concat([...words.map(lengthened), Buffer.from(REST)])

/** Everything that a compressor gives for one piece; its state lasts from piece to piece. */
function passed(through: Deflate | Inflate, piece: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const out: Buffer[] = []
    const take = (bytes: Buffer): void => void out.push(bytes)
    const done = (error?: Error | null): void => {
      through.off('data', take)
      through.off('error', done)
      if (error) reject(error)
      else resolve(Buffer.concat(out))
    }
    through.on('data', take)
    through.on('error', done)
    through.write(piece)
    through.flush(constants.Z_SYNC_FLUSH, () => done())
  })
}

export class HeaderBlocks {
  readonly #inflate = createInflate({ dictionary: DICTIONARY })
  readonly #deflate = createDeflate({ dictionary: DICTIONARY })

  async read(block: Buffer): Promise<Headers> {
    const bytes = await passed(this.#inflate, block)
    let at = 0
    const number = (): number => {
      at += 4
      return bytes.readUInt32BE(at - 4)
    }
    const text = (): string => {
      const size = number()
      at += size
      return bytes.toString('utf8', at - size, at)
    }
    const headers: Record<string, string> = {}
    for (let left = number(); left > 0; left--) {
      const name = text().toLowerCase()
      headers[name] = text()
    }
    return headers
  }

  write(headers: Headers): Promise<Buffer> {
    const entries = Object.entries(headers)
    return passed(this.#deflate, Buffer.concat([length(entries.length), ...entries.flat().map(lengthened)]))
  }

  close(): void {
    this.#inflate.close()
    this.#deflate.close()
  }
}
