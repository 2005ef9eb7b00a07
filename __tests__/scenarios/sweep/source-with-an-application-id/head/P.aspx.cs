using Microsoft.Health.Web;
public partial class P : HealthServicePage {
  void Go() { RedirectToShellUrl("APPAUTH", "appid=1b2c3d4e-1473-471d-940f-2699cb7198aa&onopt1=mood"); }
}
