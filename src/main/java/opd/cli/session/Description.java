package opd.cli.session;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import opd.output.Listing;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/// Tells picocli in code what a command takes and does. Not by annotations: to read them the JVM
/// makes classes anew in every process, which cannot be kept in its AOT cache and take longer than
/// all else that the command line needs.
public final class Description implements Callable<Integer> {
  private final CommandSpec command = CommandSpec.wrapWithoutInspection(this);
  private @Nullable Callable<Integer> work;
  private Supplier<Optional<Listing>> listing = Optional::empty;
  private boolean isForRooms;
  private BooleanSupplier isQuick = () -> false;

  private Description() {}

  public static Description of(String name, String... text) {
    Description description = new Description();
    description.command.name(name);
    description.command.usageMessage().description(text);
    return description;
  }

  public Description examples(String... lines) {
    String heading = lines.length == 1 ? "Example:" : "Examples:";
    command
        .usageMessage()
        .footer(
            Stream.concat(Stream.of("", heading), Stream.of(lines).map(line -> "  " + line))
                .toArray(String[]::new));
    return this;
  }

  /// Says what the command lists.
  public Description lists(Listing what) {
    return lists(() -> Optional.of(what));
  }

  /// Says what the command lists, if it does with the options that it was given.
  public Description lists(Supplier<Optional<Listing>> what) {
    listing = what;
    return this;
  }

  /// What the command lists; empty for help, too.
  public static Optional<Listing> listing(ParseResult parsed) {
    return description(parsed).flatMap(description -> description.listing.get());
  }

  private static Optional<Description> description(ParseResult parsed) {
    ParseResult last = parsed;
    while (last.hasSubcommand()) {
      last = last.subcommand();
    }
    return description(last.commandSpec());
  }

  private static Optional<Description> description(CommandSpec command) {
    return command.userObject() instanceof Description description
        ? Optional.of(description)
        : Optional.empty();
  }

  /// Says that a consulting room works with the command, too.
  public Description forRooms() {
    isForRooms = true;
    return this;
  }

  /// Whether the command that was typed is one for consulting rooms.
  public static boolean isForRooms(ParseResult parsed) {
    return description(parsed).filter(description -> description.isForRooms).isPresent();
  }

  /// Whether it is a command that does something, and not for consulting rooms.
  public static boolean isNotForRooms(CommandSpec command) {
    return command.subcommands().isEmpty()
        && description(command).filter(description -> !description.isForRooms).isPresent();
  }

  /// Takes away what is no command for consulting rooms, and what holds none.
  ///
  /// @return whether anything of it is left
  public static boolean keepThoseForRooms(CommandLine line) {
    CommandSpec command = line.getCommandSpec();
    boolean isLeft = description(command).filter(description -> description.isForRooms).isPresent();
    for (Map.Entry<String, CommandLine> below : Map.copyOf(line.getSubcommands()).entrySet()) {
      if (keepThoseForRooms(below.getValue())) {
        isLeft = true;
      } else {
        command.removeSubcommand(below.getKey());
      }
    }
    return isLeft;
  }

  /// Says that the command is over at once and wants nothing but its words and the database: it
  /// reads no input and no file, asks nobody and follows nothing.
  public Description quick() {
    return quickIf(() -> true);
  }

  /// Says when, by the options that it was given, the command is a quick one.
  public Description quickIf(BooleanSupplier condition) {
    isQuick = condition;
    return this;
  }

  /// Whether the command that was typed is a quick one.
  public static boolean isQuick(ParseResult parsed) {
    return description(parsed)
        .filter(description -> description.isQuick.getAsBoolean())
        .isPresent();
  }

  public Description version(IVersionProvider version) {
    command.versionProvider(version);
    return this;
  }

  /// Options and arguments, in the order of the help.
  public Description takes(Given<?>... all) {
    for (Given<?> each : all) {
      command.add(each.spec());
    }
    return this;
  }

  /// At most one of these options.
  public Description oneOf(Given<?>... options) {
    return group(ArgGroupSpec.builder(), options);
  }

  /// Options under a heading of their own in the help.
  public Description group(String heading, Given<?>... options) {
    return group(ArgGroupSpec.builder().exclusive(false).heading(heading), options);
  }

  private Description group(ArgGroupSpec.Builder group, Given<?>... options) {
    for (Given<?> option : options) {
      group.addArg(option.spec());
    }
    command.addArgGroup(group.build());
    return this;
  }

  /// A command that does this and gives its exit code.
  public CommandLine does(Callable<Integer> action, CommandLine... commands) {
    work = action;
    return holds(commands);
  }

  /// A command that only holds these.
  public CommandLine holds(CommandLine... commands) {
    CommandLine line = new CommandLine(command);
    for (CommandLine each : commands) {
      line.addSubcommand(each);
    }
    return line;
  }

  @Override
  public Integer call() throws Exception {
    if (work == null) {
      throw new ParameterException(command.commandLine(), "Missing required subcommand");
    }
    return work.call();
  }
}
