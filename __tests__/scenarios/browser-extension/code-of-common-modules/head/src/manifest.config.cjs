module.exports = { permissions: ['tabs'] };
