package opd.cli.session;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// An option or an argument of a command, and what was given in it once the line was read.
public final class Given<T> {
  private final ArgSpec spec;
  private @Nullable T value;

  private Given(Function<ISetter, ArgSpec> makingSpec) {
    this.spec = makingSpec.apply(new Destination<>(this));
  }

  /// An option with a value.
  ///
  /// @param names separated by a blank, such as `-o --output`
  public static Given<String> value(String names, String label, String... text) {
    return value(String.class, names, label, text);
  }

  /// An option with a value that is converted to this type.
  public static <T> Given<T> value(Class<T> type, String names, String label, String... text) {
    return option(option(names).arity("1").paramLabel(label), type, text);
  }

  /// An option with a value that the command cannot do without.
  public static Given<String> required(String names, String label, String... text) {
    return option(option(names).arity("1").paramLabel(label).required(true), String.class, text);
  }

  /// An option with a value that may be left out.
  ///
  /// @param otherwise what the option then means
  public static Given<String> valueOr(
      String otherwise, String names, String label, String... text) {
    return option(
        option(names).arity("0..1").fallbackValue(otherwise).paramLabel(label), String.class, text);
  }

  /// An option without a value.
  public static Given<Boolean> flag(String names, String... text) {
    return flag(option(names), text);
  }

  /// The option that shows the help.
  static Given<Boolean> help(String names, String... text) {
    return flag(option(names).usageHelp(true), text);
  }

  /// The option that prints the version.
  public static Given<Boolean> version(String names, String... text) {
    return flag(option(names).versionHelp(true), text);
  }

  private static Given<Boolean> flag(OptionSpec.Builder option, String... text) {
    return option(option.arity("0").initialValue(false), boolean.class, text);
  }

  private static OptionSpec.Builder option(String names) {
    return OptionSpec.builder(names.split(" ", -1));
  }

  private static <T> Given<T> option(OptionSpec.Builder option, Class<T> type, String... text) {
    return new Given<>(setter -> option.type(type).description(text).setter(setter).build());
  }

  /// The argument of a command.
  public static Given<String> argument(String label, String... text) {
    return argument(String.class, "1", label, text);
  }

  /// The argument of a command, which may be left out.
  public static Given<String> optionalArgument(String label, String... text) {
    return argument(String.class, "0..1", label, text);
  }

  /// The argument of a command that is the path of a file.
  public static Given<Path> fileArgument(String label, String... text) {
    return argument(Path.class, "1", label, text);
  }

  /// The argument of a command that is the path of a file, which may be left out.
  public static Given<Path> optionalFileArgument(String label, String... text) {
    return argument(Path.class, "0..1", label, text);
  }

  /// All arguments of a command, which may be none.
  @SuppressWarnings("unchecked")
  public static Given<List<String>> words(String label, String... text) {
    PositionalParamSpec.Builder all =
        PositionalParamSpec.builder()
            .index("0..*")
            .arity("0..*")
            .paramLabel(label)
            .type((Class<List<String>>) (Class<?>) List.class)
            .auxiliaryTypes(String.class)
            .description(text);
    return new Given<>(setter -> all.setter(setter).build());
  }

  private static <T> Given<T> argument(Class<T> type, String arity, String label, String... text) {
    PositionalParamSpec.Builder argument =
        PositionalParamSpec.builder()
            .index("0")
            .arity(arity)
            .required(arity.equals("1"))
            .paramLabel(label);
    return new Given<>(setter -> argument.type(type).description(text).setter(setter).build());
  }

  ArgSpec spec() {
    return spec;
  }

  /// Whether it was given; of a flag, whether it is set.
  public boolean isGiven() {
    return value != null && !value.equals(false);
  }

  /// The name of the first of these options that was given, such as `--doctor`.
  public static Optional<String> firstGiven(Given<?>... options) {
    return Stream.of(options)
        .filter(Given::isGiven)
        .findFirst()
        .map(given -> ((OptionSpec) given.spec).longestName());
  }

  public @Nullable T orNull() {
    return value;
  }

  public T or(T otherwise) {
    return value == null ? otherwise : value;
  }

  public Optional<T> optional() {
    return Optional.ofNullable(value);
  }

  /// What was given where the command cannot do without, which is seen to when the line is read.
  public T get() {
    return optional().orElseThrow();
  }

  /// Takes over the first that was given, if any.
  void setEither(Given<T> first, Given<T> second) {
    value = first.value == null ? second.value : first.value;
  }

  void set(@Nullable T other) {
    value = other;
  }

  /// Where picocli puts what it has read, converted to the type.
  private record Destination<T>(Given<T> given) implements ISetter {
    @Override
    @SuppressWarnings("unchecked")
    public <V> V set(V value) {
      given.set((T) value);
      return value;
    }
  }
}
