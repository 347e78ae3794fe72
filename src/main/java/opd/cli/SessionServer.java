package opd.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.util.OptionalInt;
import opd.cli.log.LogConfigurator;
import opd.cli.session.CommandContext;
import opd.cli.session.Surroundings;
import opd.domain.ErrorCode;
import opd.domain.OpdException;
import opd.output.StandardOutput;

/// Carries out the quick commands of a shell one after the other, each as if it were a process of
/// its own: they have nothing in common but the connections to the database.
final class SessionServer {
  private final CommandContext context;
  private final PrintWriter shell;
  // Where the log goes: to the command at work, between two of them to the server's own.
  private volatile PrintWriter err;

  /// @param context of the command that started it, between whose standard input and output the
  ///   shell's function stands
  SessionServer(CommandContext context) {
    this.context = context;
    this.shell = context.surroundings().out();
    this.err = context.surroundings().err();
  }

  /// Ends when the last shell that can give it commands has ended.
  ///
  /// @throws OpdException INVALID_INPUT when they cannot be read
  void run() {
    LogConfigurator.setTarget(new CurrentError());
    BufferedReader requests =
        new BufferedReader(new InputStreamReader(context.standardInput(), UTF_8));
    try {
      for (String line = requests.readLine(); line != null; line = requests.readLine()) {
        SessionRequest.of(line).ifPresent(this::answer);
      }
    } catch (IOException e) {
      throw new OpdException(
          ErrorCode.INVALID_INPUT,
          "standard input cannot be read: " + e.getMessage(),
          "'opd session bash' prints what starts this command",
          e);
    }
  }

  private void answer(SessionRequest request) {
    SessionAnswer answer = new SessionAnswer(request.name(), shell);
    err = new PrintWriter(answer.stream("err"));
    Surroundings surroundings =
        new Surroundings(
            request.environment(context.surroundings().variables()),
            null,
            new StandardOutput(answer.stream("out")),
            err,
            request.canAsk(),
            request.columns(),
            request.errorColumns());
    CommandContext command =
        new CommandContext(
            surroundings,
            // Should this process end now, the shell knows what may have been decided.
            context.consoleState().forAnotherCommand(id -> answer.says("request " + id)));
    OptionalInt exit = Program.runQuick(command, request.arguments().toArray(String[]::new));
    err.flush();
    err = context.surroundings().err();
    if (exit.isPresent()) {
      String stored = command.stored() == null ? "" : command.stored().value();
      answer.says("exit %d %s".formatted(exit.getAsInt(), stored));
    } else {
      answer.says("process");
    }
  }

  private final class CurrentError extends OutputStream {
    @Override
    public void write(int single) {
      write(new byte[] {(byte) single}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int start, int length) {
      err.print(new String(bytes, start, length, UTF_8));
    }

    @Override
    public void flush() {
      err.flush();
    }
  }
}
