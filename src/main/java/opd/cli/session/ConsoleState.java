package opd.cli.session;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import opd.cli.console.ConsoleReferences;
import opd.cli.console.Questions;
import opd.domain.FacilityName;
import opd.domain.FacilityRole;
import opd.domain.RequestId;
import opd.store.connection.FacilityConnection;
import org.jspecify.annotations.Nullable;

/// What outlives a command where several run one after the other, as in a console: the connections,
/// the options that hold for all, and what was done last. A command on its own has one to itself,
/// which remembers nothing.
public final class ConsoleState implements AutoCloseable {
  private final GlobalOptions defaults;
  private final Connections connections;
  private final boolean isConsole;
  private final Consumer<RequestId> requests;
  private final Map<FacilityName, ConsoleReferences> references = new HashMap<>();
  private @Nullable Questions person;
  private boolean isLeft;
  private boolean isInRoom;
  private boolean isOpened;

  private ConsoleState(
      GlobalOptions defaults,
      Connections connections,
      boolean isConsole,
      Consumer<RequestId> requests) {
    this.defaults = defaults;
    this.connections = connections;
    this.isConsole = isConsole;
    this.requests = requests;
  }

  public static ConsoleState ofOneCommand() {
    return new ConsoleState(
        new GlobalOptions(), new Connections(FacilityConnection.SILENT), false, request -> {});
  }

  /// That of another command on its own, which only takes over the connections; they are closed
  /// with this one.
  ///
  /// @param told of the request that the command is about to make
  public ConsoleState forAnotherCommand(Consumer<RequestId> told) {
    return new ConsoleState(new GlobalOptions(), connections, false, told);
  }

  /// @param defaults the options that the console was started with
  public static ConsoleState ofConsole(
      GlobalOptions defaults, FacilityConnection.Listener listener) {
    return new ConsoleState(defaults, new Connections(listener), true, request -> {});
  }

  public GlobalOptions defaults() {
    return defaults;
  }

  /// @param asked who sits at the prompt
  public void sits(Questions asked) {
    person = asked;
  }

  /// Who can be asked at the prompt; empty outside of a console, or where it reads a script.
  public Optional<Questions> person() {
    return Optional.ofNullable(person);
  }

  /// @param role whose work the login has the rights for
  void entered(FacilityRole role) {
    isInRoom = role == FacilityRole.ROOM;
  }

  /// Whether the facility that was worked in last is worked in for a consulting room.
  public boolean isInRoom() {
    return isInRoom;
  }

  /// A desk is about to be opened.
  ///
  /// @return whether it is the first
  boolean opens() {
    boolean isFirst = !isOpened;
    isOpened = true;
    return isFirst;
  }

  /// A request is about to be made.
  void requests(RequestId request) {
    requests.accept(request);
  }

  Connections connections() {
    return connections;
  }

  public boolean isConsole() {
    return isConsole;
  }

  /// What was done last in the facility; empty outside of a console.
  public Optional<ConsoleReferences> references(FacilityName facility) {
    return isConsole
        ? Optional.of(references.computeIfAbsent(facility, any -> new ConsoleReferences()))
        : Optional.empty();
  }

  /// The command at hand failed.
  void failed() {
    references.values().forEach(ConsoleReferences::failed);
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
