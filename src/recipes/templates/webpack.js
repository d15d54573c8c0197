«!root»// In webpack.config.js, inside module.exports = { … }; then restart. The page then calls the path without «api»: fetch('«route»')
«?root»// In webpack.config.js, inside module.exports = { … }; then restart. The page then calls /api in the place of «api»: fetch('/api/…')
devServer: {
  proxy: [
    {
      context: ['«local»'],
      target: '«api»',
«?root»      pathRewrite: { '^/api': '' }, // the API has no such prefix
      changeOrigin: true, // the API reads its own host
      headers: { origin: '«api»' }, // and its own origin, where it refuses others
«?credentials»      cookieDomainRewrite: '', // its cookies become cookies of this page's host
    },
  ],
},
