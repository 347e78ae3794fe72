package opd.cli.session;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import opd.cli.console.Recall;
import opd.domain.FacilityName;
import opd.store.connection.Database;

/// What outlives a command where several run one after the other, as in a console: the connections,
/// the options that hold for all, and what was done last. A command on its own has a workplace to
/// itself, which remembers nothing.
public final class Workplace implements AutoCloseable {
  private final GlobalOptions defaults;
  private final Connections connections;
  private final boolean isConsole;
  private final Map<FacilityName, Recall> recalls = new HashMap<>();
  private boolean isLeft;

  private Workplace(GlobalOptions defaults, Database.Listener listener, boolean isConsole) {
    this.defaults = defaults;
    this.connections = new Connections(listener);
    this.isConsole = isConsole;
  }

  public static Workplace ofOneCommand() {
    return new Workplace(new GlobalOptions(), Database.SILENT, false);
  }

  /// @param defaults the options that the console was started with
  public static Workplace ofConsole(GlobalOptions defaults, Database.Listener listener) {
    return new Workplace(defaults, listener, true);
  }

  public GlobalOptions defaults() {
    return defaults;
  }

  Connections connections() {
    return connections;
  }

  public boolean isConsole() {
    return isConsole;
  }

  /// What was done last in the facility; empty outside of a console.
  public Optional<Recall> recall(FacilityName facility) {
    return isConsole
        ? Optional.of(recalls.computeIfAbsent(facility, any -> new Recall()))
        : Optional.empty();
  }

  /// The command at hand failed.
  void failed() {
    recalls.values().forEach(Recall::failed);
  }

  /// After the command at hand there is to be no other.
  public void leave() {
    isLeft = true;
  }

  public boolean isLeft() {
    return isLeft;
  }

  @Override
  public void close() {
    connections.close();
  }
}
