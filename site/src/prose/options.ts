/** Gives the options of one question their name, kind and values. */
export const nameOptions = (options: readonly string[], name: string, multiple: boolean): string =>
  options
    .map((html, i) =>
      html
        .replace('%%type%%', multiple ? 'checkbox' : 'radio')
        .replace('%%name%%', name)
        .replace('%%value%%', String(i)),
    )
    .join('')
