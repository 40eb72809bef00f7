/** Tells with a form in which time zone its browser is. */
document.querySelector('[data-zone] [name="timezone"]').value = Intl.DateTimeFormat().resolvedOptions().timeZone
