/** The little Markdown that tasks are written in (paragraphs, lists, code, bold), as elements and never as HTML. */
import type { ComponentChildren } from 'preact'

export const Inline = ({ text }: { text: string }) => (
  <>
    {text.split(/(`[^`]+`|\*\*[^*]+\*\*)/).map((part, i) => {
      if (part.startsWith('`')) return <code key={i}>{part.slice(1, -1)}</code>
      if (part.startsWith('**')) return <strong key={i}>{part.slice(2, -2)}</strong>
      return part
    })}
  </>
)

export const Markdown = ({ text }: { text: string }) => (
  <>
    {text.split(/\n{2,}/).map((block, i): ComponentChildren => {
      if (!block.startsWith('- '))
        return (
          <p key={i}>
            <Inline text={block.replace(/\n/g, ' ')} />
          </p>
        )
      return (
        <ul key={i}>
          {block
            .split(/^- /m)
            .slice(1)
            .map((item, j) => (
              <li key={j}>
                <Inline text={item.trim()} />
              </li>
            ))}
        </ul>
      )
    })}
  </>
)
