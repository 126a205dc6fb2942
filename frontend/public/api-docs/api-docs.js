/* global SwaggerUIBundle */
var root = document.documentElement
var system = matchMedia('(prefers-color-scheme: dark)')
applyTheme()
system.addEventListener('change', applyTheme)

// Swagger UI's own dark rules hang on this class.
function applyTheme() {
  var chosen = root.dataset.theme
  root.classList.toggle('dark-mode', chosen ? chosen === 'dark' : system.matches)
}

SwaggerUIBundle({
  url: '/api/v1/openapi.json',
  dom_id: '#api',
  deepLinking: true,
  defaultModelsExpandDepth: 0,
  displayRequestDuration: true,
  persistAuthorization: false,
  // The default asks a service of Swagger's to judge the document.
  validatorUrl: null,
  syntaxHighlight: { activated: true },
})
