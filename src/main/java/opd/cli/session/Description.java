package opd.cli.session;

import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// Tells picocli in code what a command takes. For the commands that are typed all day: to read
/// annotations the JVM makes classes anew in every process, which cannot be kept in its AOT cache
/// and take longer than all else that the command line needs.
public final class Description {
  private final CommandSpec command;

  private Description(CommandSpec command) {
    this.command = command;
  }

  public static Description of(String name, Callable<Integer> command, String... text) {
    CommandSpec spec = CommandSpec.wrapWithoutInspection(command).name(name);
    spec.usageMessage().description(text);
    return new Description(spec);
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

  public Description version(IVersionProvider version) {
    command.versionProvider(version);
    return this;
  }

  /// @param names separated by a blank, such as `-o --output`
  public Description value(String names, String label, String text, Consumer<String> destination) {
    return option(aValue(names, label, text, destination));
  }

  public Description flag(String names, String text, Consumer<Boolean> destination) {
    return option(aFlag(names, text, destination));
  }

  public Description option(OptionSpec.Builder option) {
    command.addOption(option.build());
    return this;
  }

  /// @param arity `1`, or `0..1` where it may be left out
  public Description parameter(
      String label, String arity, String text, Consumer<String> destination) {
    command.addPositional(
        PositionalParamSpec.builder()
            .index("0")
            .paramLabel(label)
            .arity(arity)
            .type(String.class)
            .description(text)
            .setter(new Destination<>(destination))
            .build());
    return this;
  }

  /// At most one of these options.
  public Description oneOf(OptionSpec.Builder... options) {
    return group(ArgGroupSpec.builder(), options);
  }

  /// Options under a heading of their own in the help.
  public Description group(String heading, OptionSpec.Builder... options) {
    return group(ArgGroupSpec.builder().exclusive(false).heading(heading), options);
  }

  private Description group(ArgGroupSpec.Builder group, OptionSpec.Builder... options) {
    for (OptionSpec.Builder option : options) {
      group.addArg(option.build());
    }
    command.addArgGroup(group.build());
    return this;
  }

  public CommandLine line() {
    return new CommandLine(command);
  }

  /// An option with a value.
  public static OptionSpec.Builder aValue(
      String names, String label, String text, Consumer<String> destination) {
    return option(names, text, String.class)
        .arity("1")
        .paramLabel(label)
        .setter(new Destination<>(destination));
  }

  /// An option without a value.
  public static OptionSpec.Builder aFlag(String names, String text, Consumer<Boolean> destination) {
    return option(names, text, boolean.class)
        .arity("0")
        .initialValue(false)
        .setter(new Destination<>(destination));
  }

  private static OptionSpec.Builder option(String names, String text, Class<?> type) {
    return OptionSpec.builder(names.split(" ", -1)).type(type).description(text);
  }

  /// Where picocli puts what it has read, converted to the option's type.
  private record Destination<T>(Consumer<T> consumer) implements ISetter {
    @Override
    @SuppressWarnings("unchecked")
    public <V> V set(V value) {
      consumer.accept((T) value);
      return value;
    }
  }
}
