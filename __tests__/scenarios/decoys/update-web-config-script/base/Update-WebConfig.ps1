$config = [xml](Get-Content Web.config)
$config.configuration.appSettings.add[0].value = $id
