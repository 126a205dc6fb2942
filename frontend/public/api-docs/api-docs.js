/* global SwaggerUIBundle */
var dark =
  document.documentElement.dataset.theme === 'dark' ||
  (!document.documentElement.dataset.theme && matchMedia('(prefers-color-scheme: dark)').matches)
// Swagger UI's own dark rules hang on this class.
document.documentElement.classList.toggle('dark-mode', dark)

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
