/** 搜索页。 */

export const search = {
  title: '搜索',
  description: '搜索 Podlab 的全部课程。搜索在浏览器里完成，你输入的内容不会发送出去。',
  label: '要找什么',
  placeholder: '比如 CrashLoopBackOff',
  go: '搜索',
  found: '找到 {n} 页',
  one: '找到 1 页',
  none: '没有找到',
  tries: '比如：',
  examples: ['反复重启', '滚动更新', '就绪探针', '边车', '驱逐', '污点和容忍'],
  failed: '搜索没能加载，稍后再试试。',
  noWasm: '搜索要用 WebAssembly，而这个浏览器不支持，或者把它关掉了。可以从课程目录里找。',
  noScript: '搜索需要打开 JavaScript。',
}
