package opd.testing;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.slf4j.Marker;

/// The program with one change in its source, compiled for the test and run in a class loader of
/// its own beside the real one.
///
/// @param file below `src/main/java/opd`
/// @param original text that stands there exactly once
public record Mutant(String file, String original, String mutated) {
  private static final Path SOURCES = Path.of("src", "main", "java", "opd");
  private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();
  private static final StandardJavaFileManager FILES =
      COMPILER.getStandardFileManager(null, null, null);

  /// Calls the test's static method of that name, which must be its only one, with the mutant in
  /// place of the program. Only classes of the JDK may go in and out.
  ///
  /// @param folder for the mutant's classes
  @SuppressWarnings("unchecked")
  public <T> T ask(Path folder, Class<?> test, String method, Object... arguments)
      throws Exception {
    compile(folder);
    List<URL> places = new ArrayList<>(List.of(folder.toUri().toURL()));
    for (String place : System.getProperty("java.class.path").split(":", -1)) {
      places.add(Path.of(place).toUri().toURL());
    }
    try (URLClassLoader loader = new OwnFirst(places.toArray(URL[]::new));
        Silence _ = new Silence(loader)) {
      Class<?> beside = loader.loadClass(test.getName());
      assertThat(beside).isNotEqualTo(test);
      Method asked =
          Arrays.stream(beside.getDeclaredMethods())
              .filter(each -> each.getName().equals(method))
              .findFirst()
              .orElseThrow();
      asked.setAccessible(true);
      return (T) asked.invoke(null, arguments);
    }
  }

  /// Puts the mutant's classes into the folder, beside those of other mutants.
  public void compile(Path folder) throws IOException {
    String source = Files.readString(SOURCES.resolve(file));
    assertThat(source.split(java.util.regex.Pattern.quote(original), -1))
        .as("the text to mutate stands once in " + file)
        .hasSize(2);
    String mutant = source.replace(original, mutated);
    var unit =
        new SimpleJavaFileObject(URI.create("mutant:///opd/" + file), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return mutant;
          }
        };
    assertThat(compiled(unit, folder)).as("the mutant compiles").isTrue();
  }

  /// One at a time, with the libraries that all of them need left open.
  private static boolean compiled(JavaFileObject unit, Path folder) throws IOException {
    synchronized (FILES) {
      FILES.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(folder));
      return COMPILER
          .getTask(null, FILES, null, List.of("-proc:none", "-parameters"), null, List.of(unit))
          .call();
    }
  }

  /// What a mutant logs is no news: that it fails is what the test is about.
  private static final class Silence extends TurboFilter implements AutoCloseable {
    private static final StackWalker STACK =
        StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

    private final LoggerContext context = ExpectedLog.context();
    private final ClassLoader mutant;

    Silence(ClassLoader mutant) {
      this.mutant = mutant;
      context.addTurboFilter(this);
    }

    @Override
    public FilterReply decide(
        Marker marker,
        Logger logger,
        Level level,
        String format,
        Object[] arguments,
        Throwable thrown) {
      return level.isGreaterOrEqual(Level.WARN) && isOfMutant()
          ? FilterReply.DENY
          : FilterReply.NEUTRAL;
    }

    private boolean isOfMutant() {
      return STACK.walk(
          frames -> frames.anyMatch(frame -> frame.getDeclaringClass().getClassLoader() == mutant));
    }

    @Override
    public void close() {
      context.getTurboFilterList().remove(this);
    }
  }

  /// Loads the program's classes itself, the mutated one first, and leaves libraries to the parent.
  private static final class OwnFirst extends URLClassLoader {
    OwnFirst(URL[] places) {
      super(places, Mutant.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      synchronized (getClassLoadingLock(name)) {
        Class<?> known = findLoadedClass(name);
        if (known != null) {
          return known;
        }
        return name.startsWith("opd.") ? findClass(name) : super.loadClass(name, resolve);
      }
    }
  }
}
