/** A browser, as far as servers can tell: it keeps each host's cookies, says where its requests come from, follows and sends forms. */

export interface Page {
  url: string
  status: number
  html: string
}

export class Browser {
  readonly #jars = new Map<string, Map<string, string>>()
  readonly #origin: string
  constructor(origin: string) {
    this.#origin = origin
  }
  #jar(host: string): Map<string, string> {
    const jar = this.#jars.get(host) ?? new Map<string, string>()
    this.#jars.set(host, jar)
    return jar
  }

  async ask(path: string, init: RequestInit & { form?: Record<string, string> } = {}): Promise<Response> {
    const { form, ...rest } = init
    const url = new URL(path, this.#origin)
    const jar = this.#jar(url.host)
    const response = await fetch(url, {
      redirect: 'manual',
      ...rest,
      ...(form && { method: 'POST', body: new URLSearchParams(form) }),
      headers: {
        origin: this.#origin,
        cookie: [...jar].map(([k, v]) => `${k}=${v}`).join('; '),
        ...(rest.headers as Record<string, string>),
      },
    })
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
      if (value) jar.set(name, value)
      else jar.delete(name)
    }
    return response
  }
  /** Goes where it is sent, from host to host. */
  async visit(address: string, init?: Parameters<Browser['ask']>[1]): Promise<Page> {
    let url = new URL(address, this.#origin).href
    let response = await this.ask(url, init)
    for (let hops = 0; response.status >= 300 && response.status < 400; hops++) {
      if (hops === 10) throw new Error(`${url} leads in circles`)
      url = new URL(response.headers.get('location') ?? '', url).href
      response = await this.ask(url)
    }
    return { url, status: response.status, html: await response.text() }
  }
  /** Sends the form of a page, as a script or a person would. */
  submit({ url, html }: Page): Promise<Page> {
    const [, method = 'get', action = ''] = /<form method="(\w+)" action="([^"]*)"/.exec(html) ?? []
    const to = new URL(plain(action), url)
    const fields = fieldsOf(html)
    if (method === 'post') return this.visit(to.href, { form: fields, headers: { origin: new URL(url).origin } })
    to.search = String(new URLSearchParams(fields))
    return this.visit(to.href)
  }
  cookie(name: string): string | undefined {
    return this.#jar(new URL(this.#origin).host).get(name)
  }
  /** The names of those that it has of its own host. */
  cookies(): string[] {
    return [...this.#jar(new URL(this.#origin).host).keys()]
  }
  keep(name: string, value: string): void {
    this.#jar(new URL(this.#origin).host).set(name, value)
  }
  text = async (path: string): Promise<string> => (await this.ask(path)).text()
  json = async <T>(path: string, init?: RequestInit): Promise<T> => (await this.ask(path, init)).json() as Promise<T>
}

const plain = (text: string): string => text.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&')

/** What a page's form sends that nobody has typed. */
export const fieldsOf = (html: string): Record<string, string> =>
  Object.fromEntries(
    [...html.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [
      name,
      plain(value),
    ]),
  )
