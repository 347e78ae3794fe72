package opd.store.connection;

import java.time.Duration;
import java.util.Properties;

/// How one connection is made.
///
/// @param driver the driver's properties
/// @param session what its statements are carried out under
public record ConnectionSettings(Properties driver, SessionSettings session) {
  /// How long each answer is waited for; zero for as long as it takes.
  Duration answer() {
    return Duration.ofSeconds(Long.parseLong(driver.getProperty("socketTimeout", "0")));
  }
}
