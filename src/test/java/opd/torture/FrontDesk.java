package opd.torture;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import opd.cli.Program;
import opd.cli.session.Surroundings;
import opd.output.StandardOutput;

/// Gives commands as somebody at a desk does, each in a run of the program of its own.
///
/// @param environment where the facility is, as the program reads it
/// @param other build that is run, in processes; empty for the program here, within this process
record FrontDesk(Map<String, String> environment, Optional<Build> other) implements Desk {
  // It is beside the time of a command, and long where many start at the same moment.
  private static final Duration JVM_START = Duration.ofSeconds(5);

  FrontDesk(Map<String, String> environment) {
    this(environment, Optional.empty());
  }

  /// The same desk with another build of the program.
  FrontDesk by(Build build) {
    return new FrontDesk(environment, Optional.of(build));
  }

  FrontDesk with(Map<String, String> variables) {
    var both = new java.util.HashMap<>(environment);
    both.putAll(variables);
    return new FrontDesk(Map.copyOf(both), other);
  }

  @Override
  public Told tell(Wish wish) {
    return tell(wish, wish.line());
  }

  /// The same wish as another request.
  Told tellAnew(Wish wish) {
    return tell(wish, wish.line(wish.id() + "-anew"));
  }

  /// The name of the program that is run.
  String program() {
    return other.map(Build::name).orElse(Build.HERE);
  }

  private Told tell(Wish wish, List<String> line) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    long start = System.nanoTime();
    int exit = run("", out, err, line);
    long took = System.nanoTime() - start - (other.isPresent() ? JVM_START.toNanos() : 0);
    return new Told(
        wish, program(), exit, out.toString(), err.toString(), Duration.ofNanos(Math.max(0, took)));
  }

  /// What a command printed, and its exit code.
  record Printed(int exit, String out, String err) {}

  Printed give(String... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exit = run("", out, err, List.of(words));
    return new Printed(exit, out.toString(), err.toString());
  }

  /// What these words print, which must succeed.
  String must(String... words) {
    Printed printed = give(words);
    if (printed.exit() != 0) {
      throw new IllegalStateException(List.of(words) + ": " + printed);
    }
    return printed.out();
  }

  /// Gives words that read this input, which must succeed.
  void feed(String input, String... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    if (run(input, out, err, List.of(words)) != 0) {
      throw new IllegalStateException(List.of(words) + ": " + out + err);
    }
  }

  /// What a console prints that reads this script.
  String script(String script) {
    StringWriter out = new StringWriter();
    run(script, out, new StringWriter(), List.of("console"));
    return out.toString();
  }

  private int run(String input, StringWriter out, StringWriter err, List<String> words) {
    String[] all = Stream.concat(words.stream(), Stream.of("-o", "json")).toArray(String[]::new);
    if (other.isPresent()) {
      return other.get().run(environment, input, out, err, List.of(all));
    }
    return Program.run(
        new Surroundings(
            environment,
            new ByteArrayInputStream(input.getBytes(UTF_8)),
            new StandardOutput(out),
            new PrintWriter(err),
            false,
            0,
            0),
        all);
  }
}
