package opd.torture;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What is done to desks and their server.
enum Fault {
  SERVER_KILLED("the server is killed (SIGKILL)", null),
  CONNECTION_CUT("the connection is cut at a message", null),
  CLIENT_KILLED("a command is killed (SIGKILL)", null),
  BACKEND_TERMINATED("the server ends a session", "57P01 opd|.*administrator command"),
  STATEMENT_CANCELLED("a statement is cancelled", "57014 opd|.*user request"),
  STATEMENT_TIMEOUT("a statement takes too long", "57014 opd|.*statement timeout"),
  LOCK_TIMEOUT("a lock is held too long", "55P03 opd|.*"),
  DEADLOCK("two wait for each other", "40P01 opd|.*"),
  SERIALIZATION_FAILURE("a serialization failure", "40001 opd|.*"),
  DISK_FULL("the server's disk is full", "53100 opd|.*"),
  READ_ONLY("the server takes no changes", "25006 opd|.*"),
  TOO_MANY_CONNECTIONS("too many connections", "53300 .*"),
  FAIL_OVER("the primary is killed, its standby promoted", null),
  MIGRATED("a newer program migrates the facility", null);

  private final String words;
  private final @Nullable Pattern logged;

  Fault(String words, @Nullable String logged) {
    this.words = words;
    this.logged = logged == null ? null : Pattern.compile(logged.replace("|", "\\|"));
  }

  String words() {
    return words;
  }

  /// Whether a line of the server's log tells of it.
  boolean isToldIn(String line) {
    return logged != null && logged.matcher(line).lookingAt();
  }
}
