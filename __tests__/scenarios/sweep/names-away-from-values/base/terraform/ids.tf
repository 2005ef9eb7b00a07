variable "hv_app_id" {
  type    = string
  default = "9ca84d74-1473-471d-940f-2699cb7198df"
}
