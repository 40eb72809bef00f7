/** Reading a lesson's prose, and its typography. */
import { describe, expect, test } from 'vitest'
import { badLinks, exerciseWords, type Glossary, offTerms, structureOf, typography, unclosed } from './prose.ts'

test('exercises and checks are called what the prose calls them, without its marks', () => {
  const mdx = `<Exercise id="run" title="Your first Pod">
Do it.
<Check id="there">There is a <Term id="pod">Pod</Term>
named \`web\`</Check>
<Check id="ready">It is **ready**</Check>
</Exercise>
<Exercise id="unnamed">
</Exercise>`
  expect([...exerciseWords(mdx)].map(([id, { title, checks }]) => [id, title, ...checks])).toEqual([
    ['run', 'Your first Pod', ['there', 'There is a Pod named web'], ['ready', 'It is ready']],
    ['unnamed', 'unnamed'],
  ])
})

test('terms are written as the glossary has them, and never as it says they are not', () => {
  const glossary: Glossary = {
    plane: {
      zh: { word: '控制面', text: '集群的大脑。', not: ['控制平面'] },
      en: { word: 'control plane', text: 'The cluster’s brain.' },
    },
  }
  expect(offTerms('<Term id="plane">控制面</Term>\n收不到消息。', 'zh', glossary)).toEqual([])
  expect(offTerms('去问<Term id="plane">大脑</Term>。\n\n控制平面收不到消息。', 'zh', glossary)).toEqual([
    '1: “大脑” is “控制面” in the glossary',
    '3: “控制平面” is “控制面” in the glossary',
  ])
  expect(offTerms('Two <Term id="plane">control planes</Term>, not 控制平面.', 'en', glossary)).toEqual([])
})

describe('typography', () => {
  test.each([
    ['一个Pod', 'a space is missing'],
    ['用`kubectl`看', 'a space is missing'],
    ['是<Term id="pod">Pod</Term>。', 'a space is missing'],
    ['第一,第二', 'full-width'],
    ['容器(Pod)', 'full-width'],
    ['容器 ，节点', 'no space beside'],
    ['容器。 节点', 'no space beside'],
    ['请您看', '你'],
    ['叫"容器"', '「」'],
    ['叫“容器”', '「」'],
    ['等等…然后', '……'],
    ['它—也就是容器—结束', '——'],
    ['**先说一句。**再说一句', '** stays'],
    ['跑**`kubectl`**看', '** stays'],
    ['他说**「好」**了', '** stays'],
  ])('of Chinese refuses %s', (text, problem) => expect(typography(text, 'zh').join()).toContain(problem))

  test.each([
    '一个 Pod，两个容器。',
    '用 `kubectl get` 看',
    '是 <Term id="pod">Pod</Term>。',
    '「容器」（Pod）',
    '等等……然后——结束',
    '**先说一句**。再说**一句**',
    '- **「不会。」** 会的',
    '`READY` 为 `1/1`',
    '见[文档](https://a.b/c)。',
  ])('of Chinese allows %s', text => expect(typography(text, 'zh')).toEqual([]))

  test.each([
    ['The the Pod', 'twice'],
    ['A Pod , too', 'before punctuation'],
    ["It's here", 'apostrophes'],
    ['a Pod。', 'Chinese'],
  ])('of English refuses %s', (text, problem) => expect(typography(text, 'en').join()).toContain(problem))

  test('leaves code alone', () => expect(typography("```sh\necho 'a'一x\n```\n`it's`", 'en')).toEqual([]))
})

test('the structure is what two translations share', () => {
  const zh = structureOf(
    '---\ntitle: 题\n---\n## 题\n\n<Run cmd="kubectl get pods" />\n<Option correct>对 <Why>因为</Why></Option>',
  )
  const en = structureOf(
    '---\ntitle: T\n---\n## Title\n\n<Run cmd="kubectl get pods" />\n<Option correct>Yes <Why>because</Why></Option>',
  )
  expect(zh).toEqual(en)
  expect(zh.map(part => part.what)).toEqual(['##', '<Run cmd=kubectl get pods>', '<Option correct=true>', '<Why>'])
  expect(zh.map(part => part.line)).toEqual([4, 6, 7, 7])
})

test('links lead to the documentation in the language of the reader', () => {
  expect(badLinks('[a](https://kubernetes.io/docs/)', 'zh')).toHaveLength(1)
  expect(badLinks('[a](https://kubernetes.io/zh-cn/docs/)', 'zh')).toEqual([])
  expect(badLinks('[a](htp://x)', 'en')).toHaveLength(1)
})

describe('a component that is not closed is told with its line', () => {
  test.each([
    ['<Quiz id="a">\n\nWhat?\n', '1: <Quiz> is never closed'],
    [
      '<Exercise id="a">\n\n<Hint id="b">no\n\n</Exercise>',
      '5: </Exercise> stands where </Hint> has to: <Hint> was opened in line 3',
    ],
    ['a word</Term>', '1: </Term> closes nothing'],
  ])('%j', (text, problem) => expect(unclosed(text).join()).toContain(problem))
  test.each([
    '<Run cmd="kubectl get pods" />',
    '<Option correct>Yes <Why>`<Pod>` it is</Why></Option>',
    '```\n<Exercise>\n```',
    '<Figure src="a" words={{ b: \'c\' }}>\n\nd\n\n</Figure>',
  ])('%j is', text => expect(unclosed(text)).toEqual([]))
})
