package opd.store.connection;

import java.time.Duration;
import java.util.Properties;

/// How one connection is made.
///
/// @param driver the driver's properties
/// @param session what the session must find in force
record ConnectionSettings(Properties driver, SessionSettings session) {
  private static final String OPTIONS = "options";

  /// How long each answer is waited for; zero for as long as it takes.
  Duration answer() {
    return Duration.ofSeconds(Long.parseLong(driver.getProperty("socketTimeout", "0")));
  }

  /// The same, asking a server that bounds whole transactions not to do so. Only a server that has
  /// done it may be asked: those before 17 do not know the setting, and refuse who names it.
  ConnectionSettings withoutTransactionBound() {
    return withOption("transaction_timeout", "0");
  }

  /// The same under another role, of which the login is a member.
  ConnectionSettings withRole(String name) {
    return withOption("role", name.replace("\\", "\\\\").replace(" ", "\\ "));
  }

  /// The same with one more setting, which the session need not prove.
  ConnectionSettings withOption(String name, String value) {
    Properties more = new Properties();
    more.putAll(driver);
    more.setProperty(OPTIONS, "%s -c %s=%s".formatted(driver.getProperty(OPTIONS), name, value));
    return new ConnectionSettings(more, session);
  }
}
