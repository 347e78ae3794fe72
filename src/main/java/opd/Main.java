package opd;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import opd.cli.Program;
import opd.cli.log.LogProvider;
import opd.cli.session.StandardInput;
import opd.cli.session.Surroundings;
import opd.output.StandardOutput;
import opd.store.connection.WarmUp;

/// The composition root: gives the program its streams and surroundings, and ends the process.
public final class Main {
  // Of a file's mode on every Unix.
  private static final int TYPE_OF_FILE = 0170000;
  private static final int PIPE = 0010000;
  private static final int SOCKET = 0140000;

  private Main() {}

  /// @param arguments a command line as in `opd --help`
  public static void main(String[] arguments) {
    // Or a desk set to Arabic would print, and send to the database, digits that only people read.
    Locale.setDefault(Locale.ROOT);
    // The names of zones and days that Java has by default, without looking for others first.
    System.setProperty("java.locale.providers", "CLDR");
    // Both would be printed on standard error at the first statement.
    System.setProperty("org.jooq.no-logo", "true");
    System.setProperty("org.jooq.no-tips", "true");
    // Left out by scripts/bench startup, which measures what they bring: see docs/start-up.md.
    if (isWanted("opd.logProvider")) {
      LogProvider.install();
    }
    String training = System.getProperty("opd.training");
    System.exit(training == null ? run(arguments) : Training.run(training));
  }

  private static boolean isWanted(String property) {
    return !"false".equals(System.getProperty(property));
  }

  private static boolean reachesDatabase(String... arguments) {
    return arguments.length > 0
        && Stream.of(arguments)
            .noneMatch(Set.of("-h", "--help", "--version", "help", "explain", "schema")::contains);
  }

  static int run(String... arguments) {
    if (isWanted("opd.warmUp") && reachesDatabase(arguments)) {
      WarmUp.start();
    }
    Surroundings surroundings =
        new Surroundings(
            System.getenv(),
            new StandardInput(System.in, Main::isInputClosed),
            new StandardOutput(standardOutput(), Main::isOutputPipe),
            utf8(FileDescriptor.err),
            Boolean.getBoolean("opd.interactive"),
            Integer.getInteger("opd.columns", 0),
            Integer.getInteger("opd.errorColumns", 0));
    return Program.run(surroundings, arguments);
  }

  /// What is closed when Java starts gets the number of the first file that Java opens for itself.
  private static boolean isInputClosed() {
    if (Boolean.getBoolean("opd.noInput")) {
      return true;
    }
    try {
      return Path.of("/dev/fd/0")
          .toRealPath()
          .startsWith(Path.of(System.getProperty("java.home")).toRealPath());
    } catch (IOException e) {
      // A pipe, or a system that does not tell.
      return false;
    }
  }

  private static OutputStream standardOutput() {
    return Boolean.getBoolean("opd.noOutput")
        ? StandardOutput.CLOSED
        : new FileOutputStream(FileDescriptor.out);
  }

  /// By what it is, as the system's error messages are in the user's language.
  private static boolean isOutputPipe() {
    try {
      int type = (Integer) Files.getAttribute(Path.of("/dev/fd/1"), "unix:mode") & TYPE_OF_FILE;
      return type == PIPE || type == SOCKET;
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  /// Whatever the locale is: UTF-8 and plain line feeds.
  private static PrintWriter utf8(FileDescriptor descriptor) {
    return new PrintWriter(
        new OutputStreamWriter(new FileOutputStream(descriptor), StandardCharsets.UTF_8));
  }
}
