// Runs before the first paint, so that the page never shows in the wrong colours. A file of its own
// because the Content-Security-Policy forbids inline scripts. src/composables/useTheme.ts writes the key.
;(function () {
  var chosen = null
  try {
    chosen = localStorage.getItem('minitower.theme')
  } catch {
    // Storage is forbidden here: follow the system.
  }
  if (chosen === 'light' || chosen === 'dark') {
    document.documentElement.dataset.theme = chosen
  }
})()
