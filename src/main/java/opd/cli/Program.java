package opd.cli;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import opd.cli.log.LogConfigurator;
import opd.cli.session.CommandContext;
import opd.cli.session.ConsoleState;
import opd.cli.session.Description;
import opd.cli.session.ExitStatus;
import opd.cli.session.LostOutput;
import opd.cli.session.RoomWork;
import opd.cli.session.Surroundings;
import opd.domain.ErrorCode;
import opd.domain.OpdException;
import opd.domain.PlainText;
import opd.domain.RequestId;
import opd.output.Printer;
import opd.output.json.JsonPrinter;
import opd.output.text.Style;
import opd.output.text.TablePrinter;
import opd.output.text.ZoneText;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/// Runs one command line. The one place where errors become exit codes.
public final class Program {
  private static final Logger LOG = LoggerFactory.getLogger(Program.class);

  private static final int INTERRUPTED = 130;
  // No exit code of the contract.
  private static final int NEEDS_PROCESS = -1;
  private static final String PICOCLI_PREFIX = "error: ";
  // It would name the types of Java, also where a number is too large for one.
  private static final String NO_NUMBER =
      "^invalid value for option '(\\S+)': ('.*') is not an? (?:int|long)$";

  private Program() {}

  /// @return the exit code of the contract
  public static int run(Surroundings surroundings, String... arguments) {
    try (ConsoleState consoleState = ConsoleState.ofOneCommand()) {
      return run(new CommandContext(surroundings, consoleState), arguments);
    }
  }

  /// @return the exit code of the contract
  static int run(CommandContext context, String... arguments) {
    return run(context, parsed -> execute(context, parsed), arguments);
  }

  /// Runs the command if it is a quick one. Of any other nothing has happened.
  ///
  /// @return the exit code of the contract, or empty for a command that needs its own process
  static OptionalInt runQuick(CommandContext context, String... arguments) {
    int exit =
        run(
            context,
            parsed ->
                Description.isQuick(parsed) && !isHelp(parsed)
                    ? execute(context, parsed)
                    : NEEDS_PROCESS,
            arguments);
    return exit == NEEDS_PROCESS ? OptionalInt.empty() : OptionalInt.of(exit);
  }

  private static int run(CommandContext context, IExecutionStrategy strategy, String... arguments) {
    Surroundings surroundings = context.surroundings();
    String[] words = arguments.length == 0 ? new String[] {"--help"} : arguments;
    CommandLine line = CommandTree.of(context, words);
    Optional<OpdException> pasted = PastedDash.in(line, words);
    if (pasted.isPresent()) {
      return wrong(context, pasted.get(), words);
    }
    line.setOut(surroundings.out());
    line.setErr(surroundings.err());
    line.setExecutionStrategy(strategy);
    line.setExecutionExceptionHandler((failure, command, parsed) -> failed(context, failure));
    line.setParameterExceptionHandler((error, given) -> misused(context, error, given));
    int exit = line.execute(words);
    surroundings.out().flush();
    return told(context, exit);
  }

  /// The exit code of a command whose results may be lost. What it failed with was told already.
  private static int told(CommandContext context, int exit) {
    return context.failure().isPresent()
        ? exit
        : LostOutput.of(context.surroundings(), context.stored())
            .map(lost -> failed(context, lost))
            .orElse(exit);
  }

  private static int execute(CommandContext context, ParseResult parsed) {
    try {
      LogConfigurator.setLevel(context.settings().logLevel());
      context.settings().checkPrinting();
      if (!isHelp(parsed)) {
        context.isForRooms(Description.isForRooms(parsed));
        context.checkWork();
        context.lists(Description.listing(parsed));
      }
    } catch (OpdException e) {
      return failed(context, e);
    }
    long start = System.nanoTime();
    int exit = new CommandLine.RunLast().execute(parsed);
    LOG.debug("exit {} after {} ms", exit, (System.nanoTime() - start) / 1_000_000);
    return exit;
  }

  private static boolean isHelp(ParseResult parsed) {
    return parsed.isUsageHelpRequested()
        || parsed.isVersionHelpRequested()
        || (parsed.hasSubcommand() && isHelp(parsed.subcommand()));
  }

  /// Prints why a command failed, and gives the exit code.
  static int failed(CommandContext context, Exception failure) {
    if (failure instanceof CancellationException) {
      return INTERRUPTED;
    }
    OpdException error =
        switch (failure) {
          case OpdException known -> known;
          default -> unexpected(failure);
        };
    if (error.getCause() instanceof OpdException cause) {
      // What was said to a person may name somebody.
      LOG.debug("{}: {}", error.code(), cause.code());
    } else if (error.getCause() != null) {
      LOG.debug("{}: {}", error.code(), error.getCause().toString());
    }
    context.failed(error);
    printer(context).error(error, context.requestId());
    return ExitStatus.of(error.code()).code();
  }

  private static OpdException unexpected(Exception failure) {
    LOG.error("unexpected failure", failure);
    return new OpdException(
        ErrorCode.INTERNAL,
        "this is a fault of the program: " + failure.getClass().getSimpleName(),
        "please report it with the log line above");
  }

  /// Settings that are wrong themselves must not keep an error from being printed.
  private static Printer printer(CommandContext context) {
    try {
      return context.printer();
    } catch (OpdException e) {
      return table(context.surroundings());
    }
  }

  private static Printer table(Surroundings surroundings) {
    return new TablePrinter(
        surroundings.out(),
        surroundings.err(),
        surroundings.widths(),
        new Style(false),
        ZoneText.UTC);
  }

  private static int misused(CommandContext context, ParameterException error, String[] arguments) {
    CommandSpec misused = error.getCommandLine().getCommandSpec();
    if (context.consoleState().isInRoom() && Description.isNotForRooms(misused)) {
      // However it is typed, it would be refused.
      return failed(context, RoomWork.refused(context.settings().facilityName()));
    }
    String command = misused.qualifiedName();
    OpdException usage =
        new OpdException(
            ErrorCode.USAGE, sentence(error), hint(error, "see '" + command + " --help'"), error);
    return wrong(context, usage, arguments);
  }

  private static int wrong(CommandContext context, OpdException usage, String... arguments) {
    return failedUnparsed(context, usage, null, List.of(arguments));
  }

  /// Prints the error of a command line that was not parsed to the end.
  ///
  /// @param requestId that was made for it, or null
  /// @return the exit code of the contract
  static int failedUnparsed(
      CommandContext context,
      OpdException error,
      @Nullable RequestId requestId,
      List<String> arguments) {
    Surroundings surroundings = context.surroundings();
    Printer printer =
        wantsJson(context, arguments)
            ? new JsonPrinter(surroundings.out(), surroundings.err())
            : table(surroundings);
    context.failed(error);
    printer.error(error, requestId);
    return ExitStatus.of(error.code()).code();
  }

  private static String sentence(ParameterException error) {
    if (error instanceof UnmatchedArgumentException unmatched
        && !error.getCommandLine().getSubcommands().isEmpty()
        && !unmatched.isUnknownOption()) {
      return "there is no command " + PlainText.quote(unmatched.getUnmatched().getFirst());
    }
    String message = error.getMessage() == null ? "wrong usage" : error.getMessage();
    String line = message.lines().findFirst().orElse(message).strip();
    if (line.toLowerCase(Locale.ROOT).startsWith(PICOCLI_PREFIX)) {
      line = line.substring(PICOCLI_PREFIX.length());
    }
    String sentence = line.substring(0, 1).toLowerCase(Locale.ROOT) + line.substring(1);
    return PlainText.revealed(
        sentence.replaceFirst(NO_NUMBER, "$1 is a whole number, and cannot be $2"));
  }

  private static @Nullable String hint(ParameterException error, String otherwise) {
    if (error instanceof UnmatchedArgumentException unmatched) {
      List<String> suggestions =
          Suggestions.near(
              unmatched.getUnmatched().getFirst().split("=", 2)[0],
              unmatched.isUnknownOption()
                  ? error.getCommandLine().getCommandSpec().optionsMap().keySet()
                  : error.getCommandLine().getSubcommands().keySet());
      if (!suggestions.isEmpty()) {
        return "did you mean " + String.join(" or ", suggestions) + "? " + otherwise;
      }
    }
    return otherwise;
  }

  /// What was asked for, when the command line could not be parsed to the end.
  private static boolean wantsJson(CommandContext context, List<String> arguments) {
    for (int index = 0; index < arguments.size(); index++) {
      String argument = arguments.get(index);
      if (argument.equals("-ojson")
          || argument.equals("--output=json")
          || argument.equals("-o=json")) {
        return true;
      }
      boolean isOption = argument.equals("-o") || argument.equals("--output");
      if (isOption && index + 1 < arguments.size()) {
        return arguments.get(index + 1).equals("json");
      }
    }
    try {
      return context.settings().isJson();
    } catch (OpdException e) {
      // What is wrong with the settings is not what is to be told.
      return false;
    }
  }
}
