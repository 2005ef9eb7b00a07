// Loaded by jest before each test file: processes that tests start with this very node get the measurable build.
process.execPath = process.env.GO_LIVE_MEASURING_NODE ?? process.execPath;
