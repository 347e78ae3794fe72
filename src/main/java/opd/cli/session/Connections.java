package opd.cli.session;

import java.util.ArrayList;
import java.util.List;
import opd.store.connection.DatabaseSettings;
import opd.store.connection.FacilityConnection;

/// The connections of one run of the program, each kept for the next command that needs the same.
final class Connections implements AutoCloseable {
  private static final int MOST_OPEN = 4;

  private final FacilityConnection.Listener listener;
  // In the order of their last use. Not by hash: the JVM makes a record's hash code anew in every
  // process, which takes a command at the desk longer than all else here.
  private final List<FacilityConnection> open = new ArrayList<>();

  Connections(FacilityConnection.Listener listener) {
    this.listener = listener;
  }

  /// @param server asked for its address when a connection broke or could not be made
  FacilityConnection to(DatabaseSettings place, FacilityConnection.Server server) {
    FacilityConnection database =
        open.stream()
            .filter(known -> known.settings().equals(place))
            .findFirst()
            .orElseGet(() -> new FacilityConnection(place, listener, server));
    open.remove(database);
    open.addLast(database);
    if (open.size() > MOST_OPEN) {
      open.removeFirst().close();
    }
    return database;
  }

  @Override
  public void close() {
    open.forEach(FacilityConnection::close);
    open.clear();
  }
}
