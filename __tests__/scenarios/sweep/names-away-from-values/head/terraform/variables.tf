variable "hv_is_mra" {
  type        = bool
  description = "Users choose records."
  default     = true
}
