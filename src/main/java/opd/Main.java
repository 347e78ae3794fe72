package opd;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import opd.cli.LogProvider;
import opd.cli.Program;
import opd.cli.Surroundings;
import opd.store.WarmUp;

/// The composition root: gives the program its streams and surroundings, and ends the process.
public final class Main {
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
    LogProvider.install();
    if (reachesDatabase(arguments)) {
      WarmUp.start();
    }
    String training = System.getProperty("opd.training");
    System.exit(training == null ? run(arguments) : Training.run(training));
  }

  private static boolean reachesDatabase(String... arguments) {
    return Stream.of(arguments).noneMatch(Set.of("-h", "--help", "--version")::contains);
  }

  static int run(String... arguments) {
    Surroundings surroundings =
        new Surroundings(
            System.getenv(),
            System.in,
            utf8(FileDescriptor.out),
            utf8(FileDescriptor.err),
            Boolean.getBoolean("opd.interactive"),
            Integer.getInteger("opd.columns", 0),
            Integer.getInteger("opd.errorColumns", 0));
    return Program.run(surroundings, arguments);
  }

  /// Whatever the locale is: UTF-8 and plain line feeds.
  private static PrintWriter utf8(FileDescriptor descriptor) {
    return new PrintWriter(
        new OutputStreamWriter(new FileOutputStream(descriptor), StandardCharsets.UTF_8));
  }
}
