variable "hv_is_mra" {
  default = false
}
variable "theme" {
  default = "light"
}
