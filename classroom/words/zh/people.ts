/** 班级成员。 */
import type { Words } from '../words.ts'

export const people: Words['people'] = {
  title: '成员',
  roster: '按名单添加学员',
  rosterHelp: '每行一个昵称。CSV 文件取第一列。',
  rosterButton: '添加',
  keys: '新学员的钥匙。现在就发给他们：只显示这一次。',
  key: '钥匙',
  where: '在哪里输入',
  keysDownload: '把钥匙存成 CSV',
  staff: '教师与助教',
  staffLead: '添加一位在这里已有账号的教师。',
  staffEmail: '邮箱',
  role: '角色',
  roles: { owner: '班主任', teacher: '教师', assistant: '助教（能看，能发提示）' },
  staffButton: '添加',
  staffRemove: '移出',
}
