/** 班级设置。 */
import type { Words } from '../words.ts'

export const settings: Words['settings'] = {
  name: '班级名称',
  timezone: '时区',
  timezoneHelp: '这个班级的日期和时间都按它理解、按它显示。',
  joinable: '有邀请码就能加入',
  change: '修改',
  code: '更换邀请码',
  codeLead: '换了新码，旧码就不能再用来加入；已经在班里的人不受影响。现在的邀请码是',
  codeButton: '换一个邀请码',
  retention: '学员数据保留多久',
  retentionDays: '天数',
  retentionHelp: '超过这么多天没有出现的学员，连同交过的一切，会被自动删除。',
  remove: '删除班级',
  removeLead: '学员、他们交过的一切和成绩，都会随班级一起删除。',
  removeAsk: '输入班级名称',
  handOver: '移交班级',
  handOverLead: '由另一位教师或助教担任班主任，你留在班里当教师。',
  handOverTo: '新的班主任',
  handOverNobody: '这个班还没有别的教师。请先到「成员」里添加。',
}
