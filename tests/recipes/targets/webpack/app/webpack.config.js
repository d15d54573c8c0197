module.exports = {
  mode: 'development',
  // slot: recipe
};
