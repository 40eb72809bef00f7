/**
 * Runs in the head before anything is drawn: the reader's chosen colours without a flash, and a mark that scripts run.
 * It is put into the page as text, so it stays small and imports nothing; the policy knows it by its hash.
 */
export const themeScript = `(function(d){d.dataset.js='';try{var t=localStorage.getItem('podlab.theme');if(t==='light'||t==='dark')d.dataset.theme=t}catch(e){}})(document.documentElement)`
