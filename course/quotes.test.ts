/** Prose beside outputs: what it quotes has to be there, and what a cluster makes up is not made up by the author. */
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { lessonFolders, readLesson } from '../sandbox/scenario/lessons/lesson-folder.node.ts'
import { runOutputs } from '../sandbox/scenario/lessons/outputs.ts'
import { outputSteps } from '../site/src/course/output-steps.ts'
import { misquoted } from './quotes.ts'

const table = 'NAME   READY   STATUS    RESTARTS   AGE\nsite   1/2     Running   0          30s\n'
const get = '<Output cmd="kubectl get pods" />'
const page = (...blocks: readonly string[]): string => ['---\ntitle: Site\nsummary: One\n---', ...blocks].join('\n\n')
/** The problems of a page whose outputs all print the table. */
const problems = (...blocks: readonly string[]): string[] => {
  const mdx = page(...blocks)
  return misquoted(
    mdx,
    outputSteps(mdx).map(() => table),
    ['image: nginx:1.27\nrestartPolicy: Always'],
  )
}

describe('what stands beside an output', () => {
  test('may quote its words, counts and columns, its command and the files of the lesson', () => {
    expect(
      problems('Under `READY`, `1/2`; it is `Running`, and `Always` in the file:', get, 'See `AGE`, or `get pods`.'),
    ).toEqual([])
  })

  test.each([
    ['a count', '`2/2`: both are ready.'],
    ['a status', 'It is `CrashLoopBackOff` by now.'],
    ['a column', 'See `NODE`.'],
    ['a number', 'It ended with `137`.'],
    ['a message', 'It says `connection refused`.'],
    ['a part of a longer word', 'It is `Run`.'],
    ['a part of a longer number', 'In `RESTARTS`, `3`.'],
    ['an item of a list', '- `Completed`, in the end'],
    ['a term first', '<Term id="pod">Pods</Term> are `Pending`.'],
  ])('may not quote %s that it has not', (_, sentence) => {
    const complaint = expect.stringMatching(/^\d+: `.+` is not in the output beside it/)
    expect(problems(get, sentence)).toEqual([complaint])
    expect(problems(sentence, get)).toEqual([complaint])
  })

  test('is asked about the outputs beside it, however many, and about these only', () => {
    const nodes = '<Output cmd="kubectl get nodes -o wide" before="kubectl cordon worker-1" />'
    expect(problems(get, nodes, 'Here is `get nodes`, and `get pods` above.')).toEqual([])
    expect(problems(nodes, 'In between.', get, 'Only `get nodes` is too far away.')).toHaveLength(1)
    expect(problems(get, '## Later', 'It is `Evicted`.', '| `Evicted` | over |', '```text\n`Evicted`\n```')).toEqual([])
  })

  test('may name commands, fields and objects that no output has', () => {
    const sentence = 'Take `kubectl describe`, `-o yaml`, `sizeLimit`, `replicas: 3`, `spec.nodeName` or `web`.'
    expect(problems(get, sentence)).toEqual([])
  })

  test('is not asked about lines that are not shown', () => {
    const shown = '<Output cmd="kubectl get pods" lines="1-1" />'
    expect(problems(shown, 'It is `Running`.')).toHaveLength(1)
  })

  test('may quote what is seen elsewhere when the output says so, for as long as it has to', () => {
    const excused = '<Output cmd="kubectl get pods" elsewhere="Error, Last State" />'
    expect(problems(excused, 'After `Error` see `Last State`.')).toEqual([])
    expect(problems(excused, 'After `Error`.')).toEqual(['6: elsewhere="Last State" is not needed: take it away'])
  })
})

test('the right answer of a prediction is what the outputs of its outcome show, the others need not be', () => {
  const predict = (answer: string): string[] =>
    problems(
      '<Predict id="a">',
      `<Option>\`0/2\`</Option>\n<Option correct>${answer}</Option>`,
      '<Outcome>',
      get,
      '</Outcome>',
      '</Predict>',
    )
  expect(predict('`1/2`, `Running`')).toEqual([])
  expect(predict('`2/2`')).toEqual([expect.stringMatching(/^9: `2\/2` is not in the output beside it/)])
  expect(problems('<Predict id="a">', '<Option correct>`2/2`</Option>', '</Predict>', get)).toEqual([])
})

describe('what a cluster makes up', () => {
  test.each(['10.96.61.107', 'web-5d9c7b8f6d-x7k2p'])('is in the lesson, or it is a mistake: %s', name => {
    const complaint = [expect.stringContaining(`${name} is nowhere in the outputs and files`)]
    expect(problems(`<Figure src="way" alt="It asks ${name}." />`)).toEqual(complaint)
    expect(problems(`<Hint id="way">It asks \`${name}:80\`.</Hint>`)).toEqual(complaint)
    expect(problems(`<Output cmd="curl ${name}" />`, `It asks \`${name}\`.`)).toEqual([])
  })

  test('is neither a loopback address nor a version', () => {
    expect(problems('It listens on `127.0.0.1:80`, or `0.0.0.0`; this is version 1.27.0.')).toEqual([])
  })
})

test('a command sets the variables that it uses', () => {
  const ask = 'kubectl exec visitor -- wget http://$IP'
  expect(problems(`<Output cmd="${ask}" before="IP=10.244.1.3" />`)).toContainEqual(
    expect.stringContaining('nothing sets $IP here'),
  )
  expect(problems(`<Output cmd={\`IP=$(kubectl get pod -o name)\\n${ask}\`} />`)).toEqual([])
  expect(problems(`<Output cmd="kubectl exec web -- sh -c 'echo $HOME'" />`)).toEqual([])
})

test('a lesson of ours that says something else than its outputs is found out', async () => {
  const folder = lessonFolders(join(import.meta.dirname, '../lessons')).find(f => f.id.endsWith('/05-native-sidecars'))!
  const lesson = readLesson(folder)
  const mdx = folder.files['en.mdx']!
  const printed = (await runOutputs(lesson.world, outputSteps(mdx))).map(({ text }) => text)
  expect(misquoted(mdx, printed, [])).toEqual([])
  const changed = mdx.replace('`1/2` and `NotReady`', '`2/2` and `Running`')
  expect(changed).not.toBe(mdx)
  const elsewhere = printed.map(text => text.replaceAll('1/2', '0/2').replaceAll('Running', 'Complete'))
  expect(misquoted(changed, printed, []).join()).toContain('`2/2`')
  expect(misquoted(mdx, elsewhere, []).join()).toContain('`1/2`')
})
