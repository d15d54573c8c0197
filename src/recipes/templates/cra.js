// src/setupProxy.js, after npm install --save-dev http-proxy-middleware:
const { createProxyMiddleware } = require('http-proxy-middleware');

module.exports = function (app) {
  app.use(
    createProxyMiddleware({
      pathFilter: '«local»',
      target: '«api»',
«?root»      pathRewrite: { '^/api': '' },
      changeOrigin: true,
    })
  );
};
