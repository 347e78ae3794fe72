package opd.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import opd.cli.session.CommandContext;
import opd.cli.session.Description;
import opd.cli.session.ExitStatus;
import opd.cli.session.Given;
import opd.cli.session.LostOutput;
import opd.cli.session.Surroundings;
import opd.domain.ErrorCode;
import opd.domain.OpdException;
import opd.domain.RequestId;
import opd.output.StandardOutput;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/// Makes `opd` a function of a shell, whose commands one process beside it carries out.
final class SessionCommand {
  /// The property in which the launcher says where it lies.
  private static final String LAUNCHER = "opd.launcher";

  private final CommandContext context;
  private final Given<String> what = Given.argument("bash", "The shell.");

  SessionCommand(CommandContext context) {
    this.context = context;
  }

  CommandLine line() {
    return Description.of(
            "session",
            "Print what makes opd a function of this shell: one program beside it carries out all"
                + " quick commands.",
            "For scripts that call opd often: same arguments, output and exit codes, in $(…), in pipes"
                + " and in the background, too, one command at a time. Variables such as OPD_OUTPUT"
                + " count as they are when the command is given.",
            "What reads a list or a file, asks, follows or takes long is a process of its own as ever."
                + " The program beside the shell ends with it. Should it break off in a change, the"
                + " exit code is 6, and the request id is said with which the change can be repeated.",
            "Needs bash 5 and flock; without them opd stays as it is.")
        .examples("eval \"$(opd session bash)\"")
        .takes(what)
        .does(this::run);
  }

  /// `serve` and `lost` are for the function alone.
  private int run() {
    return switch (what.get()) {
      case "bash" -> print();
      case "serve" -> {
        new SessionServer(context).run();
        yield ExitStatus.DONE.code();
      }
      case "lost" -> lost();
      default -> throw CommandContext.usage("the shell can be bash");
    };
  }

  private int print() {
    if (context.options().areGiven()) {
      throw new OpdException(
          ErrorCode.USAGE,
          "options are given to each command, not to the session",
          "for all commands of a script set variables, such as: export OPD_FACILITY=main");
    }
    context
        .surroundings()
        .out()
        .print(
            Texts.read("session.bash")
                .replace("@PROGRAM@", quoted(program()))
                .replace("@VARIABLES@", String.join(" ", SessionRequest.VARIABLES)));
    context.surroundings().out().flush();
    return ExitStatus.DONE.code();
  }

  private static String program() {
    String launcher = System.getProperty(LAUNCHER);
    return launcher == null ? "opd" : Path.of(launcher).toAbsolutePath().normalize().toString();
  }

  private static String quoted(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }

  /// Says what became of a command whose answer or results did not arrive. Reads, each ended by a
  /// zero byte: the id of the request or nothing, why its results could not be written or nothing,
  /// and the command's arguments.
  private int lost() {
    List<String> words;
    try {
      words =
          Arrays.asList(new String(context.standardInput().readAllBytes(), UTF_8).split("\0", -1));
    } catch (IOException e) {
      throw CommandContext.usage("standard input cannot be read: " + e.getMessage());
    }
    if (words.size() < 3) {
      throw CommandContext.usage("'opd session bash' prints what calls this");
    }
    RequestId request = words.get(0).isEmpty() ? null : new RequestId(words.get(0));
    List<String> arguments = words.subList(2, words.size() - 1);
    OpdException error =
        words.get(1).isEmpty() ? unanswered(request) : unwritten(request, words.get(1));
    return Program.failedUnparsed(context, error, request, arguments);
  }

  private static OpdException unanswered(@Nullable RequestId request) {
    return new OpdException(
        ErrorCode.OUTCOME_UNKNOWN,
        "the program beside this shell ended while it carried out the command",
        "repeat the command with --request-id "
            + request
            + ": it does not happen twice, and prints the result");
  }

  private OpdException unwritten(@Nullable RequestId request, String reason) {
    StandardOutput failing = new StandardOutput(new Failing(reason), () -> false);
    failing.println();
    Surroundings none =
        new Surroundings(
            context.surroundings().variables(),
            null,
            failing,
            context.surroundings().err(),
            false,
            0,
            0);
    return LostOutput.of(none, request).orElseThrow();
  }

  private static final class Failing extends OutputStream {
    private final String reason;

    Failing(String reason) {
      this.reason = reason;
    }

    @Override
    public void write(int single) throws IOException {
      throw new IOException(reason);
    }
  }
}
