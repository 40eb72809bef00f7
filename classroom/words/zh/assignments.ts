/** 作业。 */
import type { Words } from '../words.ts'

export const assignments: Words['assignments'] = {
  lesson: '课',
  opens: '开放时间',
  due: '截止时间',
  late: '每迟一天扣百分之',
  lateHelp: '100 表示迟交不计分，0 表示迟交不扣分。',
  set: '布置',
  title: '布置作业',
  lessons: '哪些课',
  none: '还没有布置作业。',
  zone: zone => `时间按 ${zone} 计。`,
  again: '再次布置同一课，就是修改它的日期。',
  change: '修改',
  remove: '撤销布置',
  longer: '获得宽限的学员',
  extend: '宽限',
  extendButton: '给予宽限',
}
