module.exports = { permissions: [] };
