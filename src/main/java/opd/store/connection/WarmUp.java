package opd.store.connection;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Mac;
import opd.domain.Sha256;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.slf4j.LoggerFactory;

/// Initialises what every command needs to reach its database, beside the thread that reads the
/// command line: on a machine with several cores the command is done earlier by that time.
public final class WarmUp implements Runnable {
  private WarmUp() {}

  /// Begins; nobody needs to wait for the end, as classes that are used earlier are waited for.
  public static void start() {
    Thread.ofPlatform().daemon().name("warm-up").start(new WarmUp());
  }

  /// In the order in which a command needs it: logging, the login, statements.
  @Override
  public void run() {
    LoggerFactory.getILoggerFactory();
    Driver.isRegistered();
    try {
      Sha256.start();
      Mac.getInstance("HmacSHA256");
    } catch (GeneralSecurityException e) {
      // Whoever needs it will say so.
    }
    new SecureRandom().nextInt();
    load(Sql.class.getName());
  }

  private static @Nullable Class<?> load(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }
}
