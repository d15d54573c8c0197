// In vite.config.js, inside defineConfig({ … }). The page then calls the path without «api»: fetch('«local»')
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
