/** 成绩册。 */
import type { Words } from '../words.ts'

export const grades: Words['grades'] = {
  title: '成绩',
  download: '下载 CSV',
  none: '还没有布置作业。',
  cell: (passed, of) => `${passed} / ${of}`,
  late: '迟交',
  columns: {
    score: title => `${title}（%）`,
    passed: (title, of) => `${title}：完成数（共 ${of} 道）`,
    at: title => `${title}：最后提交`,
  },
  alike: '非常相似的记录',
  alikeIn: lesson => `非常相似的记录：${lesson}`,
  alikeLead: '这些实验里有整段整段连停顿都一样的输入。原因可能很正常；两份都看看，再找人聊聊。',
  alikeNone: '没有。',
  howAlike: percent => `${percent}% 相同`,
}
