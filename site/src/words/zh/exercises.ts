/** 全部练习页。 */

export const exercises = {
  title: '全部练习',
  description: 'Podlab 的全部练习和你的进度。进度只存在这个浏览器里。',
  lead: '进度只存在这个浏览器里。',
  progress: '已通过 {done} 个，共 {of} 个',
  passed: '已通过',
  open: '未通过',
  export: '导出全部进度',
  exportWhy: '把做过的一切存成一个文件，可以交给老师批改，也可以自己留着。',
  import: '导入进度',
  importWhy: '在另一台机器上导出的文件，可以在这里接着做。这里已有的不会丢。',
  imported:
    '接过来 {taken} 课。另有 {kept} 课这里已经做过，保持原样，只补上对方通过的练习；想换成对方的，先把那一课重来，再导入一次。',
  importFailed: '这不是这门课导出的进度文件，什么也没有改动。',
}
