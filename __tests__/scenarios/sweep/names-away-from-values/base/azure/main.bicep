appSettings: [
  {
    name: 'HV_IsMRA'
    slotSetting: false
    value: 'false'
  }
]
