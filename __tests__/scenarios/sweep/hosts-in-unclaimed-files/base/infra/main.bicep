param platform string = 'https://platform.healthvault.com/platform'
