package opd.cli;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import opd.console.Recall;
import opd.domain.FacilityName;
import opd.store.Database;

/// What outlives a command where several run one after the other, as in a console: the connections,
/// the options that hold for all, and what was done last. A command on its own has a workplace to
/// itself, which remembers nothing.
final class Workplace implements AutoCloseable {
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

  static Workplace ofOneCommand() {
    return new Workplace(new GlobalOptions(), Database.SILENT, false);
  }

  /// @param defaults the options that the console was started with
  static Workplace ofConsole(GlobalOptions defaults, Database.Listener listener) {
    return new Workplace(defaults, listener, true);
  }

  GlobalOptions defaults() {
    return defaults;
  }

  Connections connections() {
    return connections;
  }

  boolean isConsole() {
    return isConsole;
  }

  /// What was done last in the facility; empty outside of a console.
  Optional<Recall> recall(FacilityName facility) {
    return isConsole
        ? Optional.of(recalls.computeIfAbsent(facility, any -> new Recall()))
        : Optional.empty();
  }

  /// The command at hand failed.
  void failed() {
    recalls.values().forEach(Recall::failed);
  }

  /// After the command at hand there is to be no other.
  void leave() {
    isLeft = true;
  }

  boolean isLeft() {
    return isLeft;
  }

  @Override
  public void close() {
    connections.close();
  }
}
