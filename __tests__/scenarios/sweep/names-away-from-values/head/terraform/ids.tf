variable "hv_app_id" {
  type    = string
  default = "1b2c3d4e-1473-471d-940f-2699cb7198aa"
}
