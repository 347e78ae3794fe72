package opd.cli.session;

import java.util.ArrayList;
import java.util.List;
import opd.store.connection.Database;
import opd.store.connection.DatabaseSettings;

/// The connections of one run of the program, each kept for the next command that needs the same.
final class Connections implements AutoCloseable {
  private static final int MOST_OPEN = 4;

  private final Database.Listener listener;
  // In the order of their last use. Not by hash: the JVM makes a record's hash code anew in every
  // process, which takes a command at the desk longer than all else here.
  private final List<Database> open = new ArrayList<>();

  Connections(Database.Listener listener) {
    this.listener = listener;
  }

  /// @param server asked for its address when a connection broke or could not be made
  Database to(DatabaseSettings place, Database.Server server) {
    Database database =
        open.stream()
            .filter(known -> known.settings().equals(place))
            .findFirst()
            .orElseGet(() -> new Database(place, listener, server));
    open.remove(database);
    open.addLast(database);
    if (open.size() > MOST_OPEN) {
      open.removeFirst().close();
    }
    return database;
  }

  boolean areUnused() {
    return open.isEmpty();
  }

  @Override
  public void close() {
    open.forEach(Database::close);
    open.clear();
  }
}
