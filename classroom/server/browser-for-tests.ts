/** A browser, as far as the server can tell: it keeps cookies, and says where its requests come from. */
export class Browser {
  readonly #cookies = new Map<string, string>()
  readonly #origin: string
  constructor(origin: string) {
    this.#origin = origin
  }

  async ask(path: string, init: RequestInit & { form?: Record<string, string> } = {}): Promise<Response> {
    const { form, ...rest } = init
    const response = await fetch(new URL(path, this.#origin), {
      redirect: 'manual',
      ...rest,
      ...(form && { method: 'POST', body: new URLSearchParams(form) }),
      headers: {
        origin: this.#origin,
        cookie: [...this.#cookies].map(([k, v]) => `${k}=${v}`).join('; '),
        ...(rest.headers as Record<string, string>),
      },
    })
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
      if (value) this.#cookies.set(name, value)
      else this.#cookies.delete(name)
    }
    return response
  }
  cookie(name: string): string | undefined {
    return this.#cookies.get(name)
  }
  keep(name: string, value: string): void {
    this.#cookies.set(name, value)
  }
  text = async (path: string): Promise<string> => (await this.ask(path)).text()
  json = async <T>(path: string, init?: RequestInit): Promise<T> => (await this.ask(path, init)).json() as Promise<T>
}
