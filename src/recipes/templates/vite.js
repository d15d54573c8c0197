«!root»// In vite.config.js, inside defineConfig({ … }), or export default { … } in a new file. The page then calls the path without «api»: fetch('«route»')
«?root»// In vite.config.js, inside defineConfig({ … }), or export default { … } in a new file. The page then calls /api in the place of «api»: fetch('/api/…')
server: {
  proxy: {
    '«local»': {
      target: '«api»',
«?root»      rewrite: (path) => path.replace(/^\/api/, ''), // the API has no such prefix
      changeOrigin: true, // the API reads its own host
      headers: { origin: '«api»' }, // and its own origin, where it refuses others
«?credentials»      cookieDomainRewrite: '', // its cookies become cookies of this page's host
    },
  },
},
