param platform string = 'https://platform.healthvault.co.uk/platform'
