package opd.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import opd.store.Database;
import opd.store.DatabaseSettings;

/// The connections of one run of the program, each kept for the next command that needs the same.
final class Connections implements AutoCloseable {
  private static final int MOST_OPEN = 4;

  private final Database.Listener listener;
  // In the order of their last use.
  private final Map<DatabaseSettings, Database> open = new LinkedHashMap<>(8, 0.75f, true);

  Connections(Database.Listener listener) {
    this.listener = listener;
  }

  Database to(DatabaseSettings place) {
    Database database = open.computeIfAbsent(place, settings -> new Database(settings, listener));
    if (open.size() > MOST_OPEN) {
      var longestUnused = open.values().iterator();
      longestUnused.next().close();
      longestUnused.remove();
    }
    return database;
  }

  boolean areUnused() {
    return open.isEmpty();
  }

  @Override
  public void close() {
    open.values().forEach(Database::close);
    open.clear();
  }
}
