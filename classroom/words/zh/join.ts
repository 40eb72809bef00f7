/** 加入班级。 */
import type { Words } from '../words.ts'

export const join: Words['join'] = {
  title: '加入班级',
  lead: '老师会给你一个六位的邀请码。',
  code: '邀请码',
  nickname: '昵称',
  nicknameHelp: '老师看得到它，不必是真名。',
  button: '加入',
  back: '来过了？',
  backLead: '用加入时看到的那把钥匙回来。',
  key: '你的钥匙',
  backButton: '回来',
  joined: name => `你已加入，昵称是 ${name}`,
  keyTitle: '留好这把钥匙',
  keyLead: '换一台电脑，或者清空了浏览器，就靠它回来。它只显示这一次。',
  begin: '去上课',
  privacy: '这里保存的是：你的昵称、学到了哪里、交了什么。你随时可以拿走一份，或者让人删掉。',
}
